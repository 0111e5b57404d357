/* yaml.h -- a YAML file read by a libcyaml schema, and what is wrong with it in words.
 *
 * Rooms say how their file looks; how the library is set up, and how it complains, is the same for
 * all of them.  Unknown, missing and repeated keys are refused, and YAML aliases too.  (Shorter
 * names such as yaml_free() are libyaml's own.)
 */
#ifndef PLATFORM_YAML_H
#define PLATFORM_YAML_H

#include <cyaml/cyaml.h>

#include "platform/base.h"

/* What is wrong, and in which line; 0: the library does not say. */
struct yaml_trouble {
    char words[160];
    int line;
};

/* NULL: `trouble` says why.  What is returned is the library's, until yaml_file_free(). */
void *yaml_file_read(struct str text, const cyaml_schema_value_t *schema,
                     struct yaml_trouble *trouble);
void yaml_file_free(const cyaml_schema_value_t *schema, void *file);

#endif
