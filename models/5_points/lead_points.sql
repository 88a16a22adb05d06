-- The points of each lead and model before and after limits, scaled to scores not yet rounded.
{{ lead_points(ref('scored_leads'), ref('day_ledger')) }}
