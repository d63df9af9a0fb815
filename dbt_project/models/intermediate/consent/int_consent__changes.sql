-- Consent by time, never by the alphabet: each statement against the one before it. Refusing what was granted revokes
-- it, refusing what never was denies it; of two statements in one instant the refusal counts.
with

statements as (

    select * from {{ ref('int_consent__statements') }}

),

judged as (

    select
        statements.source_system,
        statements.identifier_type,
        statements.identifier_value,
        coalesce(statements.list_id, '') as list_id,
        statements.scope,
        statements.basis_for_processing,
        statements.stated_at,
        words.is_granted,
        words.is_refused,
        row_number() over (
            partition by
                statements.source_system, statements.identifier_value, statements.list_id, statements.scope,
                statements.stated_at
            order by
                case when words.is_refused then 0 when words.is_granted then 1 else 2 end,
                statements.basis_for_processing
        ) as instant_rank
    from statements
    inner join {{ ref('consent_statuses') }} as words
        on
            statements.source_system = words.source_system
            and statements.vendor_status = words.vendor_status

),

settled as (

    select
        source_system,
        identifier_type,
        identifier_value,
        list_id,
        scope,
        basis_for_processing,
        stated_at,
        case
            when is_granted then 'GRANTED'
            when not is_refused then 'PENDING'
            when max(case when is_granted then 1 else 0 end) over (
                partition by source_system, identifier_value, list_id, scope
                order by stated_at
                rows between unbounded preceding and 1 preceding
            ) = 1 then 'REVOKED'
            else 'DENIED'
        end as status
    from judged
    where instant_rank = 1

),

compared as (

    select
        *,
        lag(status) over (
            partition by source_system, identifier_value, list_id, scope
            order by stated_at
        ) as previous_status
    from settled

),

final as (

    select
        source_system,
        identifier_type,
        identifier_value,
        list_id,
        scope,
        basis_for_processing,
        status,
        stated_at as status_at
    from compared
    where previous_status is null or status <> previous_status

)

select * from final
