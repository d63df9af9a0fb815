-- The components have converged, or the build fails: no link is left whose ends are apart.
select
    links.left_type,
    links.left_value,
    links.right_type,
    links.right_value
from {{ ref('int_identity__links') }} as links
left join {{ ref('int_identity__members') }} as lefts
    on
        links.left_type = lefts.identifier_type
        and links.left_value = lefts.identifier_value
left join {{ ref('int_identity__members') }} as rights
    on
        links.right_type = rights.identifier_type
        and links.right_value = rights.identifier_value
where coalesce(lefts.component_id, '') <> coalesce(rights.component_id, '?')
