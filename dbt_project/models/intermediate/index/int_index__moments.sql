{{ config(materialized='view_of_a_build') }}

-- Whose elements are told, and of which day: of all customers now, of some where the validation looks back from.
select
    customer_id,
    b2b_b2c,
    {{ as_of() }} as told_on
from {{ ref('int_customer__customers') }}
union all
select
    customer_id,
    b2b_b2c,
    observed_on as told_on
from {{ ref('int_validation__observations') }}
