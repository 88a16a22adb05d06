-- The users of a collaboration tool: what was known of each at the end of its second day, and whether
-- it adopted the tool (log-ins on three days within seven) within 90 days. Users of the last 90 days
-- are left out, as their outcome is not known.
with users as (
    select
        object_id as user_id,
        creation_source,
        opted_in_to_mailing_list,
        enabled_for_marketing_drip,
        org_id,
        invited_by_user_id,
        email_domain,
        strptime(creation_time, '%d-%m-%Y %H:%M')::date as created_on
    from read_csv(getvariable('folder') || '/users.csv.gz', all_varchar = true)
),

log_ins as (
    select distinct
        user_id,
        time_stamp::timestamp::date as used_on
    from read_csv(getvariable('folder') || '/user_engagement.csv.gz', all_varchar = true)
),

adopted as (
    select distinct users.user_id
    from users
    inner join (
        select
            user_id,
            used_on,
            lead(used_on, 2) over (partition by user_id order by used_on) as third_on
        from log_ins
    ) as days on users.user_id = days.user_id
    where days.third_on <= days.used_on + 6 and days.third_on <= users.created_on + 90
),

first_days as (
    select
        users.user_id,
        count(*) as days_used
    from users
    inner join log_ins on users.user_id = log_ins.user_id
    where log_ins.used_on <= users.created_on + 1
    group by users.user_id
)

select
    users.*,
    coalesce(first_days.days_used, 0) as days_used,
    adopted.user_id is not null as adopted
from users
left join first_days on users.user_id = first_days.user_id
left join adopted on users.user_id = adopted.user_id
where users.created_on <= (select max(log_ins.used_on) - 90 from log_ins)
order by users.created_on, users.user_id;
