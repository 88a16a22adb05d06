{# Whether a form subscribes its sender to e-mails. #}
{% macro is_newsletter_form(form_id) -%}
    {{ form_id }} like '%newsletter%'
            and {{ form_id }} not like '%unsub%'
            and {{ form_id }} not like '%opt-out%'
            and {{ form_id }} not like '%optout%'
{%- endmacro %}
