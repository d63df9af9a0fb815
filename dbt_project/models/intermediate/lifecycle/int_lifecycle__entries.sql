-- Each stage that was entered: on the way up by an act, all that were passed on the same day in their order; on the
-- way down because nothing had been heard.
with

heights as (

    select * from {{ ref('int_lifecycle__heights') }}

),

risen as (

    select
        spells.customer_id,
        spells.activity_id,
        heights.model,
        spells.stage_number,
        spells.started_at as entered_at,
        min(spells.started_at) over (
            partition by spells.customer_id, heights.model, heights.changed_on
            order by spells.stage_number desc
            rows unbounded preceding
        ) as risen_above_at
    from heights
    inner join {{ ref('int_lifecycle__spells') }} as spells
        on
            heights.customer_id = spells.customer_id
            and heights.model = spells.model
            and heights.changed_on = spells.started_on
            and heights.previous_stage_number < spells.stage_number
    where heights.stage_number > heights.previous_stage_number

),

final as (

    select
        customer_id,
        activity_id,
        model,
        stage_number,
        true as is_rise,
        entered_at
    from risen
    -- who bought in the morning and looked around at noon has discovered nothing
    where entered_at = risen_above_at
    union all
    select
        customer_id,
        cast(null as {{ dbt.type_string() }}) as activity_id,
        model,
        stage_number,
        false as is_rise,
        cast(changed_on as {{ dbt.type_timestamp() }}) as entered_at
    from heights
    where stage_number < previous_stage_number

)

select * from final
