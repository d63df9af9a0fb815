-- What int_identity__likely_people said in this build, for the next one to compare with.
-- depends_on: {{ ref('int_identity__touched') }}
select * from {{ ref('int_identity__likely_people') }}
