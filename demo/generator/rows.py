"""The raw tables: names and order of columns, and the rows that are delivered."""

from .settings import BEGIN, DAY, END, HOUR, MINUTE

COLUMNS = {
    "contacts": """contact_id email first_name last_name job_title department company_id country
        region lead_source origin lifecycle_stage owner_id tags budget_amount budget_confirmed
        buying_role need project_start_on technical_requirements_ready solution_considered
        created_at updated_at unsubscribed_at merged_into_contact_id deleted_at""",
    "companies": """company_id name domain industry employee_count annual_revenue country region
        plant_count technologies credit_rating contract_renewal_on customer_since updated_at""",
    "deals": """deal_id contact_id company_id deal_type product stage amount created_at closed_at
        is_won updated_at""",
    "sales_activities": """sales_activity_id contact_id kind direction outcome owner_id occurred_at
        loaded_at""",
    "erasure_requests": "contact_id email requested_at",
    "web_events": """event_id anonymous_id contact_id email session_id event_name page_path referrer
        utm_source utm_medium utm_campaign product content_id form_id duration_seconds
        percent_complete user_agent ip_address occurred_at loaded_at""",
    "email_events": """event_id contact_id email campaign_id event_name bounce_type link_url user_agent
        ip_address occurred_at loaded_at""",
    "social_events": "event_id contact_id email network event_name occurred_at loaded_at",
    "product_events": """event_id contact_id email company_id event_name feature product quantity
        occurred_at loaded_at""",
}
COLUMNS = {table: names.split() for table, names in COLUMNS.items()}
EVENT_KEY = {
    "web_events": ("event_id", "w"),
    "email_events": ("event_id", "e"),
    "social_events": ("event_id", "n"),
    "product_events": ("event_id", "p"),
    "sales_activities": ("sales_activity_id", "s"),
}

rows = {table: [] for table in COLUMNS}


def add(table, at, person=None, **columns):
    """Add an event at a timestamp (seconds), delivered with the next load of its source.

    Nothing is added outside of the demo's days, or after the person has gone.
    """
    at = int(at)
    if not BEGIN <= at < END or (person and at >= person.stop_at):
        return None
    if table in ("web_events", "email_events"):  # loaded every hour
        loaded = (at // HOUR + 1) * HOUR + 5 * MINUTE
    else:  # loaded every night
        loaded = (at // DAY + 1) * DAY + 2 * HOUR
    row = {name: value for name, value in columns.items() if value not in (None, "")}
    row["occurred_at"], row["loaded_at"] = at, loaded
    rows[table].append(row)
    return row
