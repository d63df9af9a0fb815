-- Consent by time, never by the alphabet: each statement against those before it. Refusing what was granted once
-- revokes it, refusing what never was denies it; a grant expires when its time is over and nothing new was said.
with

fresh as (

    select * from {{ ref('int_consent__fresh') }}

),

terms as (

    select
        fresh.*,
        {{ months_later('fresh.stated_at', 'validity.valid_for_months') }} as expires_at,
        lead(fresh.stated_at) over (
            partition by fresh.source_system, fresh.identifier_value, fresh.list_id, fresh.scope
            order by fresh.stated_at
        ) as next_at
    from fresh
    left join {{ ref('consent_validity') }} as validity
        on
            fresh.meaning = 'GRANTED'
            and fresh.scope = validity.scope
            and fresh.basis_for_processing = validity.basis_for_processing

),

timeline as (

    select * from fresh
    union all
    select
        source_system,
        identifier_type,
        identifier_value,
        list_id,
        scope,
        'EXPIRED' as meaning,
        basis_for_processing,
        expires_at as stated_at
    from terms
    where expires_at < {{ as_of() }} and (next_at is null or expires_at < next_at)

),

settled as (

    select
        *,
        case
            when meaning <> 'REFUSED' then meaning
            when max(case when meaning = 'GRANTED' then 1 else 0 end) over (
                partition by source_system, identifier_value, list_id, scope
                order by stated_at
                rows between unbounded preceding and 1 preceding
            ) = 1 then 'REVOKED'
            else 'DENIED'
        end as status
    from timeline

),

compared as (

    select
        *,
        lag(status) over statements_so_far as previous_status,
        lag(basis_for_processing) over statements_so_far as previous_basis
    from settled
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
        basis_for_processing,
        status,
        stated_at as status_at
    from compared
    where
        previous_status is null
        or status <> previous_status
        or (status = 'GRANTED' and coalesce(basis_for_processing, '') <> coalesce(previous_basis, ''))

)

select * from final
