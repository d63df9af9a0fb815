-- What is listed as skipped by a rule has joined nobody by that rule.
select
    links.rule,
    links.right_type,
    links.right_value
from {{ ref('int_identity__links') }} as links
inner join {{ ref('skipped_identifiers') }} as skipped
    on
        links.rule = skipped.rule
        and links.right_type = skipped.identifier_type
        and links.right_value = skipped.identifier_value
