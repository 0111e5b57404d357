# Load generators and side-by-side measurements.  `make bench` builds them; script/bench runs them.
# Included by the Makefile, which gives $(B) (the build folder), $(CC) and $(CFLAGS); stands alone
# too: make -f bench/build.mk bench
B ?= build
bench_warnings = -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
                 -Wmissing-prototypes -Wno-missing-field-initializers -Werror
bench_libpq   := $(shell pkg-config --cflags libpq)
bench_flags    = $(bench_warnings) -D_GNU_SOURCE -O2 -g -I. $(bench_libpq) $(BENCH_CFLAGS)
bench_shared   = histogram wire pool city servant sql either
bench_programs = office prepare load told stream crash failover hostile slowly bare_commit journal_fill cases_fill ready decide board_live day
bench_objects  = $(bench_shared:%=$(B)/bench/%.o)
bench_headers  = $(wildcard bench/*.h)

bench: $(bench_programs:%=$(B)/bench/%) $(B)/bench/slow_sync.so $(B)/bench/faults.so $(B)/bench/search $(B)/bench/gongdao_single

$(B)/bench/%.o: bench/%.c $(bench_headers)
	@mkdir -p $(@D)
	$(CC) $(bench_flags) -c -o $@ $<

# The rules themselves, which know neither store nor network.
bench_rules = $(wildcard bureau/assignment/assignment.[ch]) bureau/assignment/assignment_hall.c \
              bureau/assignment/assignment_kept.c platform/base.c
$(B)/bench/rule_%.o: bureau/assignment/%.c $(bench_rules)
	@mkdir -p $(@D)
	$(CC) $(bench_flags) -c -o $@ $<
$(B)/bench/rule_base.o: platform/base.c
	@mkdir -p $(@D)
	$(CC) $(bench_flags) -c -o $@ $<
$(B)/bench/decide: $(addprefix $(B)/bench/rule_,assignment.o assignment_hall.o assignment_kept.o base.o)
$(B)/bench/crash $(B)/bench/failover: $(B)/bench/crash_check.o $(B)/bench/crash_people.o \
    $(B)/bench/crash_list.o
$(B)/bench/day: $(B)/bench/day_plan.o
$(bench_programs:%=$(B)/bench/%): $(B)/bench/%: $(B)/bench/%.o $(bench_objects)
	$(CC) $(BENCH_CFLAGS) -o $@ $(filter %.o,$^) -pthread -ljansson -lsqlite3 -lpq

$(B)/bench/slow_sync.so $(B)/bench/faults.so: $(B)/bench/%.so: bench/%.c
	@mkdir -p $(@D)
	$(CC) $(bench_flags) -fPIC -shared -o $@ $< -ldl

# The server with one act to a commit, and nothing else changed.  It is made after the usual one, whose
# object waits for the generated headers.
$(B)/bench/writer_single.o: platform/writer.c $(B)/object/platform/writer.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -DWRITER_ACTS_MAX=1 -c -o $@ $<
$(B)/bench/gongdao_single: $(filter-out %/platform/writer.o,$(objects)) $(B)/object/main/main.o $(B)/bench/writer_single.o
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

# These two measure the rules themselves, without a server.
forecast_rules = $(wildcard bureau/forecast/forecast_erlang.c bureau/forecast/forecast_arrivals.c \
                 desk/calendar/calendar.c desk/calendar/calendar_hours.c platform/base.c)
$(B)/bench/forecast_backtest $(B)/bench/forecast_patience: $(B)/bench/%: bench/%.c \
    $(forecast_rules) bureau/forecast/forecast.h
	@mkdir -p $(@D)
	$(CC) $(bench_flags) -o $@ $< $(forecast_rules) -lm

# The index itself, without a server.
finder_parts = platform/finder.c platform/finder_terms.c platform/base.c \
               service/search/search_field.c service/search/search_lesson.c desk/laws/laws.c desk/calendar/calendar.c
$(B)/bench/search: bench/search.c $(finder_parts) platform/finder.h platform/finder_terms.h \
                   service/search/search_field.h service/search/search_lesson.h desk/laws/laws.h
	@mkdir -p $(@D)
	$(CC) $(bench_flags) $(shell pkg-config --cflags opencc) -o $@ $< $(finder_parts) -pthread \
	    $(shell pkg-config --libs opencc) -lm

.PHONY: bench
.SECONDARY: $(bench_objects)
