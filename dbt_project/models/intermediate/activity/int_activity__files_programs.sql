{{ config(materialized='view') }}

-- What a loyalty programme books, and what is referred by word of mouth.
with

points as (

    select
        concat('loyalty_points/', entry_id) as record_id,
        case when points < 0 then 'points:spent' else 'points:earned' end as vendor_action,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        {{ unsaid(['campaign_id', 'thread_id']) }},
        {{ json_text({'points': 'points', 'tier': 'tier'}) }} as feature_json,
        _day,
        booked_at as happened_at
    from {{ ref('stg_files__loyalty_points') }}

),

issued as (

    select
        concat('coupons_issued/', coupon_id) as record_id,
        'coupon:issued' as vendor_action,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        campaign_id,
        concat('coupon/', coupon_id) as thread_id,
        {{ json_text({'discount_code': 'discount_code'}) }} as feature_json,
        _day,
        issued_at as happened_at
    from {{ ref('stg_files__coupons_issued') }}

),

-- whoever hands a coupon in without a name is the one it was issued to, and the act is read again when that is told
redeemed as (

    select
        concat('coupons_redeemed/', redeemed.redemption_id) as record_id,
        'coupon:redeemed' as vendor_action,
        coalesce(redeemed.identifier_type, issued.identifier_type) as identifier_type,
        case
            when redeemed.identifier_type is null then issued.identifier_value else redeemed.identifier_value
        end as identifier_value,
        issued.campaign_id,
        concat('coupon/', redeemed.coupon_id) as thread_id,
        {{ json_text({'coupon_id': 'redeemed.coupon_id', 'order_id': 'redeemed.order_id'}) }} as feature_json,
        greatest(redeemed._day, coalesce(issued._day, redeemed._day)) as _day,
        redeemed.redeemed_at as happened_at
    from (
        select
            *,
            {{ files_identifier_type() }} as identifier_type,
            {{ files_identifier() }} as identifier_value
        from {{ ref('stg_files__coupons_redeemed') }}
    ) as redeemed
    left join issued on concat('coupons_issued/', redeemed.coupon_id) = issued.record_id

),

-- an invitation is the referrer's act, a rewarded one moves no score; an acceptance is the friend's
referrals as (

    select
        concat('referrals/', referral_id, '/', status) as record_id,
        case
            when status = 'accepted' then 'referral:accepted'
            when status <> 'invited' then 'referral:other'
            when is_incentivised then 'referral:rewarded'
            else 'referral:invited'
        end as vendor_action,
        case
            when status = 'accepted' then {{ files_identifier_type('friend_') }} else {{ files_identifier_type() }}
        end as identifier_type,
        case when status = 'accepted' then {{ files_identifier('friend_') }} else {{ files_identifier() }}
        end as identifier_value,
        {{ unsaid(['campaign_id', 'thread_id']) }},
        {{ json_text({'referral_code': 'referral_code'}) }} as feature_json,
        _day,
        happened_at
    from {{ ref('stg_files__referrals') }}

),

final as (

    select * from points
    union all
    select * from issued
    union all
    select * from redeemed
    union all
    select * from referrals

)

select * from final
