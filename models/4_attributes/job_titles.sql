-- What each job title in use says of its bearer, by the words in it; the word of least priority
-- number wins, of equals the longest.
with contacts as (
    select * from {{ ref('contacts_as_of') }}
),

job_title_words as (
    select * from {{ ref('job_title_words') }}
),

job_titles as (
    select distinct
        contacts.job_title,
        {{ words_of('contacts.job_title') }} as words
    from contacts
    where contacts.job_title is not null
),

ranked_meanings as (
    select
        job_titles.job_title,
        job_title_words.meaning,
        job_title_words.value,
        row_number() over (
            partition by job_titles.job_title, job_title_words.meaning
            order by
                job_title_words.priority,
                length(job_title_words.word) desc,
                job_title_words.word
        ) as meaning_rank
    from job_titles
    inner join job_title_words
        on {{ dbt.position("concat(' ', job_title_words.word, ' ')", 'job_titles.words') }} > 0
)

select
    ranked_meanings.job_title,
    max(case when ranked_meanings.meaning = 'seniority' then ranked_meanings.value end)
        as seniority,
    max(case when ranked_meanings.meaning = 'job_function' then ranked_meanings.value end)
        as job_function,
    max(case when ranked_meanings.meaning = 'buying_role' then ranked_meanings.value end)
        as likely_buying_role
from ranked_meanings
where ranked_meanings.meaning_rank = 1
group by ranked_meanings.job_title
