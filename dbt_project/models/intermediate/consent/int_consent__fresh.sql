{{ config(materialized='view') }}

with

statements as (

    select * from {{ ref('int_consent__statements') }}

),

words as (

    select * from {{ ref('consent_statuses') }}

),

understood as (

    select
        statements.*,
        coalesce(
            words.meaning,
            {{ refuse("concat('seed consent_statuses has no row for: ', statements.source_system, ', ',"
                ~ " statements.vendor_status)") }}
        ) as meaning,
        validity.valid_for_months
    from statements
    left join words
        on
            statements.source_system = words.source_system
            and statements.vendor_status = words.vendor_status
    left join {{ ref('consent_validity') }} as validity
        on statements.scope = validity.scope and statements.basis_for_processing = validity.basis_for_processing

),

-- of two statements of one instant the refusal counts, and of two grants the one that holds longer
ranked as (

    select
        source_system,
        identifier_type,
        identifier_value,
        coalesce(list_id, '') as list_id,
        scope,
        meaning,
        basis_for_processing,
        is_act,
        stated_at,
        row_number() over (
            partition by source_system, identifier_value, list_id, scope, stated_at
            order by
                case meaning when 'REFUSED' then 0 when 'GRANTED' then 1 else 2 end,
                case when is_act then 0 else 1 end,
                coalesce(valid_for_months, 100000) desc,
                basis_for_processing
        ) as instant_rank
    from understood
    where meaning <> 'NOTHING'

),

compared as (

    select
        *,
        lag(meaning) over statements_so_far as previous_meaning,
        lag(basis_for_processing) over statements_so_far as previous_basis
    from ranked
    where instant_rank = 1
    window statements_so_far as (
        partition by source_system, identifier_value, list_id, scope
        order by stated_at
    )

),

final as (

    select
        source_system,
        identifier_type,
        identifier_value,
        list_id,
        scope,
        meaning,
        basis_for_processing,
        stated_at
    from compared
    where
        previous_meaning is null
        or meaning <> previous_meaning
        or (
            meaning = 'GRANTED'
            and (is_act or coalesce(basis_for_processing, '') <> coalesce(previous_basis, ''))
        )

)

select * from final
