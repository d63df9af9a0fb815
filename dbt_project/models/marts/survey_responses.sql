select * from {{ ref('int_survey__responses') }}
