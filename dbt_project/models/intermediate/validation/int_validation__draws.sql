-- The bootstrap: how often a group of customers counts in a replicate, Poisson with mean 1; in replicate 0, once.
with

lots as (

    select
        replicates.number as replicate,
        draws.number as draw_group,
        {{ uniform("concat(cast(replicates.number as varchar), '#', cast(draws.number as varchar))") }} as lot
    from {{ numbers_to('(select max(n_replicates) from ' ~ ref('validation_settings') ~ ')') }} as replicates
    cross join {{ numbers_to('(select max(n_groups) - 1 from ' ~ ref('validation_settings') ~ ')') }} as draws

),

final as (

    select
        replicate,
        draw_group,
        cast(case
            when replicate = 0 then 1
            when lot < 0.36787944 then 0
            when lot < 0.73575888 then 1
            when lot < 0.91969860 then 2
            when lot < 0.98101184 then 3
            when lot < 0.99634015 then 4
            when lot < 0.99940582 then 5
            else 6
        end as {{ dbt.type_int() }}) as weight
    from lots

)

select * from final
