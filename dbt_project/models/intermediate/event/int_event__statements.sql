{{ config(materialized='view') }}

-- The files say every step. Salesforce keeps the last one, which tells of those before it: a member of an event's
-- campaign was invited, and whoever came or stayed away had registered.
with

statuses as (

    select * from {{ ref('event_statuses') }}

),

files as (

    select
        concat('files/events/', attendance.event_id) as event_id,
        'files' as source_system,
        attendance.event_name,
        attendance.event_type,
        concat('files/attendance/', attendance.attendance_id) as record_id,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        statuses.status,
        statuses.status = 'invited' as was_invited,
        statuses.status = 'registered' as was_registered,
        case when statuses.status in ('attended', 'no_show') then cast(attendance.happened_at as date) end
            as event_date,
        attendance.happened_at
    from {{ ref('stg_files__attendance') }} as attendance
    inner join statuses on statuses.source_system = 'files' and attendance.status = statuses.vendor_status

),

salesforce as (

    select
        concat('salesforce/campaigns/', campaigns.campaign_id) as event_id,
        'salesforce' as source_system,
        campaigns.name as event_name,
        types.event_type,
        concat('salesforce/campaign_members/', members.campaign_member_id) as record_id,
        {{ salesforce_person("coalesce(nullif(members.contact_id, ''), members.lead_id)") }} as identifier_type,
        coalesce(nullif(members.contact_id, ''), members.lead_id) as identifier_value,
        statuses.status,
        true as was_invited,
        statuses.status <> 'invited' as was_registered,
        campaigns.starts_date as event_date,
        members.modified_at as happened_at
    from {{ ref('stg_salesforce__campaign_members') }} as members
    inner join {{ ref('stg_salesforce__campaigns') }} as campaigns on members.campaign_id = campaigns.campaign_id
    inner join {{ ref('event_campaign_types') }} as types on campaigns.campaign_type = types.campaign_type
    inner join statuses
        on statuses.source_system = 'salesforce' and lower(trim(members.status)) = statuses.vendor_status
    where not members.is_deleted and not campaigns.is_deleted

),

final as (

    select * from files
    union all
    select * from salesforce

)

select * from final
