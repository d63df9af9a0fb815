{{ config(severity='warn') }}

select * from {{ ref('int_reconciliation__ga4_sessions') }}
where not is_within_tolerance and explanation is null
