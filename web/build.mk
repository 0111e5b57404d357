# build.mk -- the face, from sources to bytes in the binary.  The Makefile includes it and sets B.
#
#   $(web_sources)  generated C to compile with the rest        $(web_objects)  to link
#   web-check       the types of the islands, built anew for their tests (needs `npm ci --prefix web`)
#
# esbuild, brotli and zopfli come from Debian (script/setup).  Without zopfli gzip does; without
# web/node_modules a plain stand-in takes the place of idiomorph.

ESBUILD ?= esbuild
ZOPFLI  := $(shell command -v zopfli 2>/dev/null)

web_names   := app.css app.js icons.svg favicon.svg
web_files   := $(addprefix $B/web/,$(web_names))
web_packed  := $(web_files:%=%.gz) $(web_files:%=%.br)
web_sources := $B/web/assets.c
web_objects := $B/web/assets_bytes.o
web_morph   := $(wildcard web/node_modules/idiomorph/dist/idiomorph.esm.js)

$B/web/app.css: $(wildcard web/css/*.css)
	@mkdir -p $(@D)
	$(ESBUILD) web/css/app.css --bundle --minify --target=es2018,safari13,chrome80 \
	    --log-level=warning --outfile=$@

$B/web/app.js: $(wildcard web/ts/*.ts web/ts/plain/*.ts) $(web_morph)
	@mkdir -p $(@D)
	$(ESBUILD) web/ts/main.ts --bundle --minify --format=iife --target=es2018 --legal-comments=none \
	    $(if $(web_morph),,--alias:idiomorph=./web/ts/plain/idiomorph.ts) \
	    --log-level=warning --outfile=$@

$B/web/%.svg: web/img/%.svg
	@mkdir -p $(@D)
	cp $< $@

$B/web/%.gz: $B/web/%
	$(if $(ZOPFLI),zopfli -c $<,gzip -9nc $<) > $@.part && mv $@.part $@
$B/web/%.br: $B/web/%
	brotli -q 11 -c $< > $@.part && mv $@.part $@

$B/mkasset: tools/mkasset.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -O1 -g -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -o $@ $<

$B/web/assets.c $B/web/assets.S &: $B/mkasset $(web_files) $(web_packed)
	$B/mkasset $B/web/assets.S $B/web/assets.c $(web_files)

$B/web/assets_bytes.o: $B/web/assets.S
	$(CC) -c -o $@ $<

web-check: $B/web/app.js $B/web/app.css
	web/node_modules/.bin/tsc --noEmit -p web/tsconfig.json
.PHONY: web-check
