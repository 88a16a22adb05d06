{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='job_title',
    post_hook="delete from {{ this }} where words_key is null"
) }}

-- What each job title in use indicates about the person, based on its words: the word with the
-- lowest priority number wins, then the longest. A title is read once, and again when the words
-- change. A title that nobody has any more is deleted, because it may identify a person.

with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

job_title_words as (
    select
        {{ words_of('entries.word') }} as word,
        entries.meaning,
        entries.value,
        entries.priority
    from {{ ref('job_title_words') }} as entries
),

word_list as (
    select
        cast(sum({{ key_checksum(hash_key([
            'job_title_words.word', 'job_title_words.meaning', 'job_title_words.value',
            'job_title_words.priority',
        ])) }}) as bigint) as words_key
    from job_title_words
),

titles as (
    select distinct contacts.job_title
    from contacts
    where contacts.job_title is not null
),

unread_titles as (
    select
        titles.job_title,
        {{ words_of('titles.job_title') }} as words,
        word_list.words_key
    from titles
    cross join word_list
    {% if is_incremental() %}
    where
        not exists (
            select 1
            from {{ this }} as stored
            where
                stored.job_title = titles.job_title
                and stored.words_key = word_list.words_key
        )
    {% endif %}
),

ranked_meanings as (
    select
        unread_titles.job_title,
        job_title_words.meaning,
        job_title_words.value,
        row_number() over (
            partition by unread_titles.job_title, job_title_words.meaning
            order by
                job_title_words.priority asc,
                length(job_title_words.word) desc,
                {{ byte_order('job_title_words.word') }} asc
        ) as meaning_rank
    from unread_titles
    inner join job_title_words
        on {{ dbt.position('job_title_words.word', 'unread_titles.words') }} > 0
),

final as (
    select
        unread_titles.job_title,
        unread_titles.words_key,
        max(case when ranked_meanings.meaning = 'seniority' then ranked_meanings.value end)
            as seniority,
        max(case when ranked_meanings.meaning = 'job_function' then ranked_meanings.value end)
            as job_function,
        max(case when ranked_meanings.meaning = 'buying_role' then ranked_meanings.value end)
            as likely_buying_role
    from unread_titles
    left join ranked_meanings
        on
            unread_titles.job_title = ranked_meanings.job_title
            and ranked_meanings.meaning_rank = 1
    group by unread_titles.job_title, unread_titles.words_key

    {% if is_incremental() %}
    -- Titles no longer in use: the placeholder deletes the stored title and is then deleted itself.
    union all

    select
        stored.job_title,
        cast(null as bigint) as words_key,
        cast(null as {{ dbt.type_string() }}) as seniority,
        cast(null as {{ dbt.type_string() }}) as job_function,
        cast(null as {{ dbt.type_string() }}) as likely_buying_role
    from {{ this }} as stored
    where stored.job_title not in (select titles.job_title from titles)
    {% endif %}
)

select * from final
