select
    lifecycle_date,
    model,
    stage,
    stock,
    n_entered_ever,
    n_gone_on_ever
from {{ ref('lifecycle_days') }}
where stock < 0 or n_gone_on_ever > n_entered_ever
