# mkhtml.mk -- the template compiler, the text catalogue and their proof; included by Makefile.

template_library = tools/buffer.c tools/po.c tools/html_context.c tools/mkhtml_parse.c \
                   tools/mkhtml_tag.c tools/mkhtml_write.c tools/mktext_scan.c platform/base.c
template_headers = tools/buffer.h tools/po.h tools/html_context.h tools/mkhtml_parse.h \
                   tools/mkhtml_write.h tools/mktext_scan.h platform/base.h
golden           = tools/golden/golden_views.h $(wildcard tools/golden/*.html)

$B/mkhtml $B/mktext: $B/%: tools/%.c $(template_library) $(template_headers)
	@mkdir -p $(@D)
	$(TOOLCC) -o $@ $< $(template_library)

$G/golden_html.c: $(golden) $(wildcard tools/golden/po/zh/*.po) $B/mkhtml
	@mkdir -p $(@D)
	$B/mkhtml golden tools/golden $(@:.c=.h) $@ tools/golden/po $(sort $(filter %.html,$(golden)))

# The tools are no part of the program; what of it the goldens are drawn with is listed here.
template_tests = tools/mkhtml_test.c tools/mktext_test.c tools/po_test.c tools/golden/golden_test.c
$B/template_tests: $(template_tests) $(template_library) $(template_headers) $G/golden_html.c \
                   platform/out.c platform/form.c platform/form_amount.c platform/form_draw.c \
                   platform/view.c platform/text.c $G/text_zh.c platform/html.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -I$G -o $@ $(filter %.c,$^) $(LDLIBS) -lcriterion

$B/fuzz_mkhtml: tools/fuzz_mkhtml.c $(template_library) $(template_headers)
	@mkdir -p $(@D)
	clang-14 -std=c17 -D_GNU_SOURCE -O1 -g $(WARNINGS) -I. -fsanitize=fuzzer,address,undefined \
	    -o $@ $(filter %.c,$^)
