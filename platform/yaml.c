/* yaml.c -- see yaml.h. */
#include "platform/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the library says of a bad file: first the problem, then where, innermost place first. */
static void hear(cyaml_log_t level, void *context, const char *format, va_list list)
{
    struct yaml_trouble *trouble = context;
    const char *place;
    char said[256];

    (void)level;
    vsnprintf(said, sizeof said, format, list);
    said[strcspn(said, "\n")] = '\0';
    place = strstr(said, "(line: ");
    if (place && !trouble->line) trouble->line = (int)strtol(place + 7, NULL, 10);
    if (!trouble->words[0]) {
        const char *words = strncmp(said, "Load: ", 6) == 0 ? said + 6 : said;

        snprintf(trouble->words, sizeof trouble->words, "%.*s", (int)sizeof trouble->words - 1,
                 words);
    }
}

/* The library tells of a strange key at the value before it: here is the line of the key. */
static int line_of_key(struct str text, struct str key, int from)
{
    for (int line = 1; text.len; line++) {
        struct str code = str_trim(str_cut(text, '\n', &text));

        if (line < from) continue;
        if (str_begins(code, S("- "))) code.at += 2, code.len -= 2;
        if (code.len > key.len && str_begins(code, key) && code.at[key.len] == ':') return line;
    }
    return from;
}

static const cyaml_config_t quiet = {
    .log_level = CYAML_LOG_ERROR, .mem_fn = cyaml_mem, .flags = CYAML_CFG_NO_ALIAS};

void *yaml_file_read(struct str text, const cyaml_schema_value_t *schema,
                     struct yaml_trouble *trouble)
{
    cyaml_config_t config = quiet;
    cyaml_data_t *file = NULL;
    cyaml_err_t error;

    *trouble = (struct yaml_trouble){.line = 0};
    config.log_fn = hear;
    config.log_ctx = trouble;
    error = cyaml_load_data((const uint8_t *)text.at, text.len, &config, schema, &file, NULL);
    if (str_begins(str_of(trouble->words), S("Unexpected key: ")))
        trouble->line = line_of_key(text, str_of(trouble->words + 16), trouble->line);
    if (error == CYAML_OK && file) return file;
    if (!trouble->words[0])
        snprintf(trouble->words, sizeof trouble->words, "%s",
                 error == CYAML_OK ? "the file is empty" : cyaml_strerror(error));
    return NULL;
}

void yaml_file_free(const cyaml_schema_value_t *schema, void *file)
{
    cyaml_free(&quiet, schema, file, 0);
}
