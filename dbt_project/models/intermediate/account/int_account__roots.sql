-- The top of each company's family. A ring of parents has no top: the walk ends after 20 steps where it then stands.
with recursive

companies as (

    select * from {{ ref('int_account__records') }}

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
        companies.parent_company_id as ancestor_id,
        ancestors.depth + 1 as depth
    from ancestors
    inner join companies on ancestors.ancestor_id = companies.company_id
    where companies.parent_company_id is not null and companies.parent_company_id <> '' and ancestors.depth < 20

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
