# Everything: make.  Proof: script/test.  The tree explains itself in README.md.
#
#   make                 build/gongdao
#   make unit            unit tests under ASan and UBSan (build/asan)
#   make unit-postgres   … and on PostgreSQL
#   make tsan            the server's threads under TSan (build/tsan)
#   make fuzz SECONDS=60 every fuzzer for that long
#   make check-house     the rules a compiler does not know
#   make check-tree      … and that README.md names every module
#   make install         DESTDIR and prefix as usual
#
# A module is found by its folder; nothing is listed here.

CC       = gcc
B        = build
G        = $B/gen
prefix   = /usr/local
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unreleased)

PACKAGES = libmicrohttpd sqlite3 libsodium liboath jansson icu-uc icu-i18n libcurl libmagic inih xlsxwriter libical libqrencode \
           pangocairo cairo-pdf opencc libpq gdlib libexif libzip libseccomp libcrypto
OPTIMISE = -O2 -g
SANITISE =
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
           -Wno-missing-field-initializers -Werror
CFLAGS   = -std=c17 -D_GNU_SOURCE $(OPTIMISE) $(WARNINGS) $(SANITISE) -I. -I$B $(PACKAGE_CFLAGS)
LDLIBS   = $(LDFLAGS) $(PACKAGE_LIBS) -lcyaml -lcsv -lzxcvbn -lpthread -lm
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES))
PACKAGE_LIBS   := $(shell pkg-config --libs $(PACKAGES))

FOLDERS  = $(wildcard service/*/ bureau/*/ desk/*/ channel/*/)
MODULES  = $(patsubst %/,%,$(FOLDERS))
# A room's own: X.sql, and X_*.sql where one file would be too long.
sql_of   = $(wildcard $1/$(notdir $1).sql) $(sort $(wildcard $1/$(notdir $1)_*.sql))
SQL      = $(wildcard platform/*.sql) $(foreach m,$(MODULES),$(call sql_of,$m))
# A room's translations are po/zh/X.po, or X.po in its own folder.
OWN_PO   = $(foreach m,$(MODULES),$(wildcard $m/$(notdir $m).po))
PO       = $(wildcard po/zh/*.po) $(OWN_PO)

written_c = $(wildcard platform/*.c platform/*/*.c main/*.c $(addsuffix *.c,$(FOLDERS)))
written_h = $(wildcard platform/*.h platform/*/*.h main/*.h $(addsuffix *.h,$(FOLDERS)))
tests     = $(filter %_test.c,$(written_c)) $(wildcard tools/*_test.c)
fuzzers   = $(foreach c,$(written_c) $(wildcard tools/fuzz_*.c),$(if $(filter fuzz_%,$(notdir $c)),$c))
sources   = $(filter-out %_test.c $(fuzzers) main/main.c platform/threads_exercise.c,$(written_c))

sql_made  = $G/platform_sql.c $(foreach m,$(MODULES),$(if $(wildcard $m/$(notdir $m).sql),$G/$(notdir $m)_sql.c))
html_made = $(foreach m,$(MODULES),$(if $(wildcard $m/*.html),$G/$(notdir $m)_html.c))
made      = $(sql_made) $(html_made) $G/text_zh.c $G/calendar_days.c
data      = $(wildcard data/*.tsv)

object    = $(patsubst %.c,$B/object/%.o,$(patsubst $G/%,gen/%,$(1)))
# Each folder of data/ with .yaml files is in the program as data_X; the calendar is made into C.
BUNDLES   = $(filter-out calendar,$(sort $(notdir $(patsubst %/,%,$(dir $(wildcard data/*/*.yaml))))))
objects   = $(call object,$(sources)) $(call object,$(made)) $B/object/assets.o $(web_objects) $B/object/data.o \
            $(patsubst %,$B/object/%.o,$(BUNDLES))

all: $B/gongdao

include web/build.mk
include bench/build.mk

$B/gongdao: $(objects) $B/object/main/main.o
	echo "  LINK $@"
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

# ---- generators, built first, without sanitizers ----
TOOLCC = gcc -std=c17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Wno-missing-field-initializers -I. -Itools
$B/mksql: $(wildcard tools/mksql*.[ch] tools/buffer.[ch]) platform/base.c
	@mkdir -p $(@D)
	$(TOOLCC) -o $@ $(filter-out %_test.c,$(filter %.c,$^)) -lsqlite3
$B/check: tools/check.c
	@mkdir -p $(@D)
	$(TOOLCC) -o $@ $<
$B/mkcalendar: tools/mkcalendar.c $(wildcard desk/calendar/calendar.c desk/calendar/calendar_file.[ch] desk/calendar/calendar.h) platform/yaml.c platform/yaml.h platform/base.c
	@mkdir -p $(@D)
	$(TOOLCC) -o $@ $(filter %.c,$^) -lcyaml

include tools/mkhtml.mk

# ---- generated code ----
$G/platform_sql.c: platform/platform.sql $B/mksql
	@mkdir -p $(@D)
	$B/mksql platform platform $(@:.c=.h) $@ $<
define module_rules
$G/$(notdir $1)_sql.c: $(SQL) $B/mksql
	@mkdir -p $$(@D)
	$B/mksql $(notdir $1) $1 $$(@:.c=.h) $$@ $(call sql_of,$1) -- $(filter-out $(call sql_of,$1),$(SQL))
$G/$(notdir $1)_html.c: $(wildcard $1/*.html) $(PO) $B/mkhtml
	@mkdir -p $$(@D)
	$B/mkhtml $(notdir $1) $1 $$(@:.c=.h) $$@ po $(sort $(wildcard $1/*.html)) $(OWN_PO)
endef
$(foreach m,$(MODULES),$(eval $(call module_rules,$m)))
HTML     = $(wildcard $(addsuffix *.html,$(FOLDERS)))
$G/text_zh.c: $(written_c) $(written_h) $(HTML) $(PO) $B/mktext
	@mkdir -p $(@D)
	$B/mktext $@ po $(filter-out %_test.c,$(written_c)) $(written_h) $(HTML) $(OWN_PO)
$G/calendar_days.c: $(wildcard data/calendar/*.yaml) $B/mkcalendar
	@mkdir -p $(@D)
	$B/mkcalendar data/calendar > $@.tmp && mv $@.tmp $@


# ---- objects; headers first, since code is made ----
headers = $(sql_made:.c=.h) $(html_made:.c=.h)
# What a file includes is written beside its object and read the next time.
$B/object/%.o: %.c | $(made)
	@mkdir -p $(@D)
	echo "  CC $<"
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$B/object/main/main.o $B/object/channel/web/web.o: CFLAGS += -DVERSION='"$(VERSION)"'
$B/object/main/main.o $B/object/channel/web/web.o: $B/version
# Written when it is another one, so that a program built again after a pull says what it is.
$B/version: version-now
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' > $@
.PHONY: version-now
version-now:
$B/object/gen/%.o: $G/%.c | $(made)
	@mkdir -p $(@D)
	echo "  CC $<"
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(shell find $B/object -name '*.d' 2>/dev/null)
$B/object/assets.o: $(web_sources)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<
# The tables a new installation begins with, as data_divisions and data_fields.
$B/object/data.o: $(data) Makefile
	@mkdir -p $(@D)
	@{ echo '.section .rodata'; for f in $(data); do n=data_$$(basename $$f .tsv); \
	  echo ".globl $$n"; echo "$$n: .incbin \"$$f\""; echo ".byte 0"; done; \
	  echo '.section .note.GNU-stack,"",@progbits'; } > $B/data.S
	$(CC) -c -o $@ $B/data.S

# Those folders, one file behind the other.
define bundle_rule
$B/object/$1.o: $(wildcard data/$1/*.yaml) data/$1 Makefile
	@mkdir -p $$(@D)
	@for f in $(sort $(wildcard data/$1/*.yaml)); do printf '\001%s\n' $$$$(basename $$$$f); cat $$$$f; done > $B/$1.txt
	@printf '.section .rodata\n.globl data_$1\ndata_$1: .incbin "$B/$1.txt"\n.byte 0\n' > $B/$1.S
	@printf '.section .note.GNU-stack,"",@progbits\n' >> $B/$1.S
	$$(CC) -c -o $$@ $B/$1.S
endef
$(foreach b,$(BUNDLES),$(eval $(call bundle_rule,$b)))

# ---- proof ----
include tools/proof.mk
# What is tested is made as it is run; the tests themselves need not be fast, but are made each time.
$B/object/%_test.o: override OPTIMISE = -O0 -g1
# At a fixed address: each test is a process, which else begins by mending 780,000 addresses.
$B/tests: $(objects) $(call object,$(filter-out tools/%,$(tests)))
	echo "  LINK $@"
	$(CC) $(CFLAGS) -no-pie -Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_file -o $@ $^ $(LDLIBS) -lcriterion
tests: $B/tests
UNITJOBS = 2
# SHAKE=1: acts and pages are tried with each of their queries failing; 20: each twentieth (0082).
SHAKE = 0
unit:
	$(MAKE) B=build/asan OPTIMISE="-O1 -g1" SANITISE="$(ASAN)" tests build/asan/template_tests \
	    build/asan/mksql_tests
	GONGDAO_SHAKE=$(SHAKE) build/asan/tests --jobs $(UNITJOBS) $(UNITFLAGS)
	build/asan/template_tests --jobs 2 $(UNITFLAGS)
	build/asan/mksql_tests --jobs 2 $(UNITFLAGS)
# The same on PostgreSQL, in a cluster that goes again.
unit-postgres:
	$(MAKE) B=build/asan OPTIMISE="-O1 -g1" SANITISE="$(ASAN)" tests
	tools/cluster.sh build/asan/tests --jobs 2 $(UNITFLAGS)
ASAN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
$B/mksql_tests: tools/mksql_test.c platform/base.c platform/log.c platform/memo.c platform/outward.c platform/folder_test.c $(filter-out %_test.c,$(wildcard platform/store*.c)) $(wildcard tools/mksql*.[ch] tools/buffer.[ch])
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itools -o $@ tools/mksql_test.c platform/base.c platform/log.c platform/memo.c platform/outward.c platform/folder_test.c \
	    $(filter platform/store%,$^) $(LDLIBS) -lcriterion
asan-server:
	$(MAKE) B=build/asan OPTIMISE="-O1 -g1" SANITISE="$(ASAN)" build/asan/gongdao
check-house: $B/check
	$B/check $(filter-out $(tests) $(fuzzers),$(written_c)) $(written_h) $(tests) $(fuzzers) $(wildcard tools/*.c) $(SQL)
check-tree: $B/check
	$B/check --tree

clean:
	rm -rf build
.PHONY: all tests unit unit-postgres asan-server tsan fuzz check-house check-tree install clean
.DELETE_ON_ERROR:
# What is done is said in a word; `make -n` shows the commands.
.SILENT:
MAKEFLAGS += --no-print-directory
