{{ config(materialized='view') }}

-- How many share an account, its family and an owner: of all, of those with an index, and of those with revenue.
with

members as (

    select * from {{ ref('int_rollup__members') }}

),

final as (

    select
        account_id,
        parent_id,
        owner_id,
        count(*) as n_customers,
        count(index) as n_indexed,
        sum(case when revenue > 0 then 1 else 0 end) as n_buyers
    from members
    group by account_id, parent_id, owner_id

)

select * from final
