{#
    Makes lower() and patterns treat letters with accents as letters. PostgreSQL follows the locale
    of the database, and the locale C knows English letters only.
#}
{% macro with_letters(text) %}
    {{- return(adapter.dispatch('with_letters', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__with_letters(text) -%}
    {{ text }}
{%- endmacro %}

{% macro postgres__with_letters(text) -%}
    {{ text }} collate {{ target.schema }}.letters
{%- endmacro %}

{# On run start: the collation that with_letters needs. #}
{% macro create_letters() %}
    {{- return(adapter.dispatch('create_letters', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__create_letters() %}{% endmacro %}

{# The first that the server has: PostgreSQL 17 and later, Linux, ICU, macOS. #}
{% macro postgres__create_letters() %}
do $$
declare
    origin text;
begin
    if to_regcollation('{{ target.schema }}.letters') is not null then
        return;
    end if;
    foreach origin in array array[
        'provider = builtin, locale = ''C.UTF-8''',
        'provider = libc, locale = ''C.UTF-8''',
        'provider = icu, locale = ''und''',
        'provider = libc, locale = ''en_US.UTF-8'''
    ] loop
        begin
            execute 'create collation {{ target.schema }}.letters (' || origin || ')';
            return;
        exception when others then
            null;
        end;
    end loop;
    raise exception 'This PostgreSQL server knows no letters with accents: it needs version 17 or later, ICU, or a locale C.UTF-8, and a database in UTF-8.';
end
$$;
{% endmacro %}
