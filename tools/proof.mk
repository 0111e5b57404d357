# proof.mk -- fuzzers, the threads' exercise and installing; included by Makefile.

# ---- make fuzz SECONDS=60: every fuzz_*.c, so many at a time ----
# What anybody may send (forms and JSON, parts, cookies, queries) has all of it; what only an
# administrator or the tree itself is read from, SECONDS_LESS.
FUZZERS    = 3
FUZZ_OPEN  = fuzz_form fuzz_multipart fuzz_cookie fuzz_query
SECONDS_LESS = $(or $(SECONDS),60)
FUZZCC     = clang-14
fuzz_flags = $(filter-out $(SANITISE),$(CFLAGS)) -Itools -fno-sanitize-recover=all
fuzz_parts = $(addprefix platform/,base.c out.c form.c form_amount.c form_draw.c text.c \
                                   view.c intake.c log.c csv.c \
                                   finder.c finder_terms.c pinyin.c yaml.c) \
             bureau/review/review_wording.c desk/laws/laws.c desk/laws/laws_cite.c \
             desk/calendar/calendar.c desk/items/items.c desk/items/items_file.c \
             desk/items/items_search.c service/aid/aid.c service/aid/aid_check.c \
             service/aid/aid_file.c service/repository/repository_mask.c \
             service/repository/repository_number.c service/search/search.c \
             service/assistant/assistant.c service/assistant/assistant_words.c \
             service/assistant/assistant_phrase.c \
             $(filter-out %_test.c platform/http/fuzz_%,$(wildcard platform/http/*.c))
fuzz_made  = $(patsubst %.c,$B/fuzz/%.o,$(fuzz_parts)) $B/fuzz/text_zh.o
# The compiler of templates has a fuzzer with a rule of its own (tools/mkhtml.mk).
fuzz_programs = $(patsubst %.c,$B/fuzz/%,$(notdir $(filter-out tools/fuzz_mkhtml.c,$(fuzzers)))) \
                $B/fuzz_mkhtml
$B/fuzz/%.o: %.c $(written_h) $(wildcard tools/*.h) | $G/platform_sql.c
	@mkdir -p $(@D)
	$(FUZZCC) $(fuzz_flags) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
$B/fuzz/text_zh.o: $G/text_zh.c
	@mkdir -p $(@D)
	$(FUZZCC) $(fuzz_flags) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
$B/fuzz/library.a: $(fuzz_made)
	rm -f $@
	ar rcs $@ $^
define fuzz_rule
$B/fuzz/$(basename $(notdir $1)): $B/fuzz/$(1:.c=.o) $B/fuzz/library.a
	$(FUZZCC) -fsanitize=fuzzer,address,undefined -o $$@ $$^ $(LDLIBS)
endef
$(foreach f,$(filter-out tools/fuzz_mkhtml.c,$(fuzzers)),$(eval $(call fuzz_rule,$f)))
fuzz: $(fuzz_programs)
	@printf '%s %s\n' $(foreach f,$(fuzz_programs),$f $(if $(filter $(FUZZ_OPEN),$(notdir $f)),$(or $(SECONDS),60),$(SECONDS_LESS))) | \
	    xargs -P $(FUZZERS) -L 1 tools/fuzz_run.sh

# ---- make clang-check: what another compiler warns of; nothing is made ----
clang-check: $(made)
	printf '%s\n' $(sources) main/main.c $(made) | \
	    xargs -P 2 -n 16 $(FUZZCC) $(filter-out $(OPTIMISE),$(CFLAGS)) -DVERSION='"$(VERSION)"' -fsyntax-only
.PHONY: clang-check

# ---- make coverage: which branches the unit tests take; COVERED="…" more that is run, with the ----
# program made for it as $GONGDAO. Without asserts: that they hold is not a branch to take. Counted
# one by one where threads meet: else a difference of two counts is one that nobody took.
COVERAGE = $B/coverage
coverage:
	$(MAKE) B=$(COVERAGE) CC=$(FUZZCC) OPTIMISE="-O0 -g1 -DNDEBUG" WARNINGS=-w \
	    SANITISE="-fprofile-instr-generate -fprofile-update=atomic -fcoverage-mapping" tests $(if $(COVERED),$(COVERAGE)/gongdao)
	rm -rf $(COVERAGE)/raw
	-GONGDAO_SHAKE=$(SHAKE) LLVM_PROFILE_FILE=$(CURDIR)/$(COVERAGE)/raw/%4m.profraw $(COVERAGE)/tests --jobs 2 $(UNITFLAGS)
	$(if $(COVERED),-GONGDAO=$(CURDIR)/$(COVERAGE)/gongdao LLVM_PROFILE_FILE=$(CURDIR)/$(COVERAGE)/raw/g%4m.profraw $(COVERED))
	llvm-profdata-14 merge -sparse -o $(COVERAGE)/all.profdata $(COVERAGE)/raw/*.profraw
	llvm-cov-14 export -instr-profile $(COVERAGE)/all.profdata $(COVERAGE)/tests $(if $(COVERED),-object $(COVERAGE)/gongdao) > $(COVERAGE)/all.json
	node tools/coverage.mjs $(COVERAGE)/all.json
.PHONY: coverage

# ---- make tsan: many clients play against a small site; any report fails ----
tsan_parts = $(filter-out platform/%_test.c platform/http/%_test.c platform/fuzz_% \
                 platform/http/fuzz_%,$(wildcard platform/*.c platform/http/*.c)) \
             platform/toy_test.c platform/toy_client_test.c platform/folder_test.c
tsan_made  = $(patsubst %.c,$B/tsan/%.o,$(tsan_parts)) \
             $B/tsan/text_zh.o $B/tsan/platform_sql.o
tsan_flags = $(filter-out $(SANITISE),$(CFLAGS)) -fsanitize=thread -DVERSION='"$(VERSION)"'
$B/tsan/%.o: %.c $(written_h) | $G/platform_sql.c
	@mkdir -p $(@D)
	$(CC) $(tsan_flags) -c -o $@ $<
$B/tsan/%.o: $G/%.c
	@mkdir -p $(@D)
	$(CC) $(tsan_flags) -c -o $@ $<
$B/tsan/threads_exercise: $(tsan_made)
	$(CC) $(tsan_flags) -o $@ $^ $(LDLIBS)
tsan: $B/tsan/threads_exercise
	TSAN_OPTIONS="$$TSAN_OPTIONS:halt_on_error=0:exitcode=99" $< $(or $(SECONDS),10)

# ---- make install, with DESTDIR and prefix as usual; an operator's settings are kept ----
INSTALL = install
install: $B/gongdao
	$(INSTALL) -D -m 755 $B/gongdao $(DESTDIR)$(prefix)/bin/gongdao
	$(if $(wildcard docs/man/gongdao.1),$(INSTALL) -D -m 644 docs/man/gongdao.1 \
	    $(DESTDIR)$(prefix)/share/man/man1/gongdao.1)
	$(if $(wildcard docs/operations/gongdao.service),$(INSTALL) -D -m 644 \
	    docs/operations/gongdao.service $(DESTDIR)$(prefix)/lib/systemd/system/gongdao.service \
	    && sed -i 's|/usr/local/|$(prefix)/|' $(DESTDIR)$(prefix)/lib/systemd/system/gongdao.service)
	$(if $(wildcard docs/operations/gongdao.conf),[ -e $(DESTDIR)/etc/gongdao/gongdao.conf ] || \
	    $(INSTALL) -D -m 640 docs/operations/gongdao.conf $(DESTDIR)/etc/gongdao/gongdao.conf)

# ---- every rule of tools/check.c is broken once ----
check-rules: $B/check
	@tools/check_test.sh $B/check > $B/check_test.log || { grep -A1 '^not ok' $B/check_test.log; exit 1; }
check-house: check-rules check-asvs
# ---- each requirement of OWASP ASVS has its tests or its reason (docs/asvs) ----
check-asvs:
	@tools/asvs_test.sh > $B/asvs_test.log || { grep -A1 '^not ok' $B/asvs_test.log; exit 1; }
	@tools/asvs.sh
.PHONY: check-rules check-asvs

# ---- make mutants: would the tests of rights and journal notice a small mistake in these? ----
mutants: $(objects)
	CC="$(CC)" CFLAGS="$(CFLAGS)" LDLIBS="$(LDLIBS)" OBJECTS="$(objects)" B="$B" tools/cluster.sh node tools/mutants.mjs $(MUTANTS)
.PHONY: mutants
