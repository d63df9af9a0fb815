-- The pages that say something of whoever views them, told once for each address and not for each view.
with

pages as (

    select distinct content_id
    from {{ ref('int_activity__events') }}
    where activity = 'viewed_page' and content_id is not null

),

final as (

    select
        pages.content_id,
        rules.signal,
        rules.level
    from pages
    inner join {{ ref('lifecycle_pages') }} as rules on {{ matches('pages.content_id', 'rules.page_regex') }}

)

select * from final
