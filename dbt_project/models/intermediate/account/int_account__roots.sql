-- The top of each company's family. A ring of parents has no top: its smallest id stands as one, however long it is.
-- Whoever names itself is a ring of one.
with recursive

companies as (

    select
        company_id,
        nullif(parent_company_id, '') as parent_company_id
    from {{ ref('int_account__records') }}

),

-- a pair that is there already is not walked again: rings end
above as (

    select
        company_id,
        parent_company_id as ancestor_id
    from companies
    where parent_company_id is not null
    union
    select
        above.company_id,
        companies.parent_company_id as ancestor_id
    from above
    inner join companies on above.ancestor_id = companies.company_id
    where companies.parent_company_id is not null

),

-- above the members of a ring are its members, and nobody else
heads as (

    select company_id
    from above
    group by company_id
    having
        max(case when ancestor_id = company_id then 1 else 0 end) = 1
        and min(ancestor_id) = company_id

),

links as (

    select
        companies.company_id,
        companies.parent_company_id
    from companies
    left join heads on companies.company_id = heads.company_id
    where companies.parent_company_id is not null and heads.company_id is null

),

ancestors as (

    select
        company_id,
        company_id as ancestor_id,
        0 as depth
    from companies
    union all
    select
        ancestors.company_id,
        links.parent_company_id as ancestor_id,
        ancestors.depth + 1 as depth
    from ancestors
    inner join links on ancestors.ancestor_id = links.company_id

),

ranked as (

    select
        company_id,
        ancestor_id,
        depth,
        row_number() over (
            partition by company_id
            order by depth desc
        ) as ancestor_rank
    from ancestors

),

final as (

    select
        company_id,
        ancestor_id as root_company_id,
        depth
    from ranked
    where ancestor_rank = 1

)

select * from final
