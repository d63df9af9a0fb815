{# What a GA4 event is called, which has no id: its day, and the key that its declaration names. #}
{% macro ga4_event_id() -%}
    {%- set parts = [] -%}
    {%- for column in [
        'day', 'stream_id', 'user_pseudo_id', 'event_at', 'event_name', 'event_bundle_sequence_id', 'batch_page_id',
        'batch_ordering_id', 'batch_event_index', 'ga_session_id', 'page_location', 'link_url', 'search_term',
        'percent_scrolled', 'video_percent', 'transaction_id'
    ] -%}
        {%- set text = utc('event_at') if column == 'event_at' else column -%}
        {%- do parts.extend(["coalesce(cast(" ~ text ~ " as " ~ dbt.type_string() ~ "), '')", "'|'"]) -%}
    {%- endfor -%}
    {{ dbt.hash(dbt.concat(parts)) }}
{%- endmacro %}
