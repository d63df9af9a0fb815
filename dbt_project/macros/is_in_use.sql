{% macro is_in_use(source_system) -%}
    {#- Whether a vendor is one of those in use (RAPPORT_VENDORS, names between commas; empty: all of them). -#}
    {%- set names = [] -%}
    {%- for name in env_var('RAPPORT_VENDORS', '').split(',') if name.strip() -%}
        {%- if not name.strip().isidentifier() -%}
            {{ exceptions.raise_compiler_error('RAPPORT_VENDORS holds a name that no vendor has') }}
        {%- endif -%}
        {%- do names.append("'" ~ name.strip() ~ "'") -%}
    {%- endfor -%}
    {%- if names -%} {{ source_system }} in ({{ names | join(', ') }}) {%- else -%} true {%- endif -%}
{%- endmacro %}
