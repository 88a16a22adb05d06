{#
    Whether a lead with the id of an erased one was created by a day, so that it is a new person.
    Expects the column lead_id.
#}
{% macro is_new_person(day) -%}
    exists (
        select 1
        from {{ ref('int_contact_versions') }} as new_people
        where
            new_people.contact_id = lead_id
            and {{ local_date('new_people.created_at') }} <= {{ day }}
    )
{%- endmacro %}
