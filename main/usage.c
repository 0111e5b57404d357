/* usage.c -- what gongdao --help says, of the whole and of each command. */
#include "main/usage.h"

#include <string.h>

#include "main/replay.h"
#include "platform/base.h"

const char usage[] =
    "gongdao -- public legal service: ask, and be answered now or within three working days\n"
    "\n"
    "  gongdao init    --data DIR [--demo [--demo-hours]]   make a new installation\n"
    "  gongdao serve   --data DIR [--listen ADDRESS:PORT | unix:PATH] [--config FILE]\n"
    "  gongdao user add      --data DIR --login NAME --name \"FULL NAME\" --role ROLE [--scope "
    "CODE]\n"
    "  gongdao user password --data DIR --login NAME        a new password, asked for\n"
    "  gongdao user suspend  --data DIR --login NAME        (and: user resume)\n"
    "  gongdao import people FILE --data DIR [--dry-run] [--only-good] [--licences-checked]\n"
    "  gongdao import laws FILE-OR-FOLDER --data DIR        national and local law, see --help\n"
    "  gongdao import items FOLDER --data DIR [--dry-run] [--day YYYY-MM-DD] [--only-these]\n"
    "  gongdao import answers FILE --data DIR [--only-these]  what the search learns from\n"
    "  gongdao import aid FOLDER --data DIR [--dry-run]     the rules of legal aid\n"
    "  gongdao export items|aid FOLDER --data DIR           the list, the rules, as files\n"
    "  gongdao backup  --data DIR --to FILE --recipient KEY a sealed copy, while serving\n"
    "  gongdao restore --data DIR --from FOLDER             into an empty folder\n"
    "  gongdao drill   --from FOLDER [--data DIR]           could this copy be served from?\n"
    "  gongdao move    --data DIR --to postgresql://…       from SQLite to PostgreSQL\n"
    "  gongdao files   --data DIR --config FILE             attached files into the store\n"
    "  gongdao erasures --data DIR [--from FILE]            who was erased; erase again\n"
    "  gongdao retention --data DIR list | run | set --from FILE | hold KIND [CASE] | release N\n"
    "                                            what goes when its period is over\n"
    "  gongdao keys    --data DIR list | make | rotate | files | retire N --to FOLDER\n"
    "                                            keys of sealed fields, while serving\n"
    "  gongdao check   --data DIR [--config FILE]           is everything as it should be?\n"
    "  gongdao replay  --data DIR --day YYYY-MM-DD --policy FILE | --policy-version N |\n"
    "                  --ladder STEPS [--csv FILE]\n"
    "                                            a past day by another policy, see --help\n"
    "  gongdao simulate [--seed N] [--scale X] …            a day in virtual time, see --help\n"
    "  gongdao version\n"
    "\n"
    "--database postgresql://USER@HOST/NAME, or database in the configuration file, keeps the rows "
    "on\n"
    "PostgreSQL instead of DIR/gongdao.db; every command of such an installation needs it.\n"
    "Roles: consultant, leader, clerk, supervisor, admin.\n"
    "Scope: a division code, 31 is the city.\n"
    "gongdao COMMAND --help says more of one; the manual page gongdao(1) says it all, and\n"
    "docs/operations how to run it.\n";

static const char init_usage[] =
    "gongdao init -- make a new installation\n"
    "\n"
    "  gongdao init --data DIR [--demo [--demo-hours]]\n"
    "\n"
    "  --data DIR     the folder with all state; made if it is not there\n"
    "  --database URL keep the rows in this PostgreSQL database: postgresql://USER@HOST/NAME\n"
    "  --demo         a city to try things in: accounts with a password everybody knows, and\n"
    "                 desks that are open around the clock\n"
    "  --demo-hours   such a city with the official hours\n"
    "\n"
    "Safe to run again: what is there is kept.\n";

static const char serve_usage[] =
    "gongdao serve -- serve an installation until SIGTERM or SIGINT\n"
    "\n"
    "  gongdao serve --data DIR [--config FILE] [options]\n"
    "\n"
    "  --database URL     the PostgreSQL database: postgresql://USER@HOST/NAME\n"
    "  --listen ADDRESS:PORT, [IPv6]:PORT or unix:PATH   default 127.0.0.1:8080\n"
    "  --public-url URL   the address people type; with https cookies are sent over TLS only\n"
    "  --workers N        threads that make pages, 1 to 32 (default 4)\n"
    "  --loops N          threads that talk to the network (default 0: one a core)\n"
    "  --sms DRIVER       log, http or none (default log: messages go to the console)\n"
    "  --mail DRIVER      log, smtp or none (default log)\n"
    "  --new-keys         the keys were lost: go on with these, without what those had sealed\n"
    "  --config FILE      the same and more, see docs/operations/gongdao.conf; options win\n"
    "\n"
    "Several may serve one PostgreSQL database, with one data folder together: docs/operations.\n"
    "What was accepted is finished before it ends.  Demo accounts are served on loopback only.\n";

static const char user_usage[] =
    "gongdao user -- accounts of staff\n"
    "\n"
    "  gongdao user add      --data DIR --login NAME --name \"FULL NAME\" --role ROLE [--scope "
    "CODE]\n"
    "  gongdao user password --data DIR --login NAME\n"
    "  gongdao user suspend  --data DIR --login NAME\n"
    "  gongdao user resume   --data DIR --login NAME\n"
    "\n"
    "  --role ROLE    consultant, leader, clerk, supervisor or admin\n"
    "  --scope CODE   the division somebody works for: 31 is the city (the default), 310104 a "
    "district\n"
    "\n"
    "A password is asked for, or read from standard input.  May run while the server serves.\n";

static const char import_usage[] =
    "gongdao import -- take in consultants, laws, the service list, answered questions, rules of "
    "legal aid\n"
    "\n"
    "  gongdao import people FILE --data DIR [--dry-run] [--only-good] [--licences-checked]\n"
    "\n"
    "  FILE                CSV in UTF-8 or GB18030, columns named in the first line\n"
    "  --dry-run           tell what would be done, and every mistake with its row\n"
    "  --only-good         leave out rows with mistakes instead of doing nothing\n"
    "  --licences-checked  the licences were compared with the official register\n"
    "\n"
    "  gongdao import laws FILE-OR-FOLDER --data DIR\n"
    "\n"
    "  FILE     a table in UTF-8, tabulators between: number, law, article, chapter, text, and if\n"
    "           known the day it applies from (2021-01-01), the division, the day of its repeal\n"
    "  FOLDER   one Markdown file a law, as 劳动合同法(2012-12-28).md, in folders of any depth\n"
    "\n"
    "May run while the server serves.  Cut off, it is begun again with the same command: what is\n"
    "there already is left as it is.\n"
    "\n"
    "  gongdao import items FOLDER --data DIR [--dry-run] [--day YYYY-MM-DD] [--only-these]\n"
    "\n"
    "  FOLDER              an item a file, NAME.yaml, and words.yaml (as in data/items)\n"
    "  --dry-run           tell what would change, and every mistake with its file and line\n"
    "  --day YYYY-MM-DD    from when the new list holds (default: today)\n"
    "  --only-these        take items out of the list that are not in the folder\n"
    "\n"
    "  gongdao import answers FILE --data DIR [--only-these]\n"
    "\n"
    "  FILE          a table in UTF-8, tabulators between: question, answer (which cites "
    "articles,\n"
    "                as 民法典第1079条)\n"
    "  --only-these  forget what was learned before and is not in the file\n"
    "\n"
    "Answered questions teach the search which articles are looked for.  Questions are kept and\n"
    "compared with what is looked for, but never shown.  Hand in only what is approved for\n"
    "everybody, without names, numbers or addresses.  Take the laws in first.\n"
    "\n"
    "  gongdao import aid FOLDER --data DIR [--dry-run]\n"
    "\n"
    "  FOLDER              national.yaml and a file a place (as in data/aid, or from export)\n"
    "  --dry-run           tell every mistake: a row that is missing, two that apply at once, an\n"
    "                      article that is in no law of this installation\n";

static const char export_usage[] =
    "gongdao export -- write the service list or the rules of legal aid as files\n"
    "\n"
    "  gongdao export items FOLDER --data DIR\n"
    "  gongdao export aid FOLDER --data DIR\n"
    "\n"
    "  FOLDER    made if it is not there; a file that is there is not written over\n"
    "\n"
    "What holds today, for `gongdao import items` or `import aid`.  May run while the server "
    "serves.\n";

static const char backup_usage[] =
    "gongdao backup -- copy database, files and calendar while the server serves\n"
    "\n"
    "  gongdao backup --data DIR --to FILE --recipient KEY [--with-keys]\n"
    "  gongdao backup --data DIR --to FOLDER --unsealed [--with-keys]\n"
    "\n"
    "  --to           must not exist yet: a file; in clear a folder, with a hash for each file in\n"
    "                 its MANIFEST\n"
    "  --recipient    the public half of a key of `gongdao keys backup`, or several, quoted, with\n"
    "                 a space between: only who has a secret half can read the backup.  Else\n"
    "                 [backup] recipients of --config, or what the server was last started with\n"
    "  --unsealed     in clear all the same; without any key it is in clear, too\n"
    "  --with-keys    copy the keys too: whoever can read it can read phone numbers\n";

static const char restore_usage[] =
    "gongdao restore -- make an installation of a backup\n"
    "\n"
    "  gongdao restore --data DIR --from BACKUP [--key FILE]\n"
    "\n"
    "  --data DIR       must be empty or not there\n"
    "  --from BACKUP    what gongdao backup made; nothing is put into place unless it is whole\n"
    "  --key FILE       the secret half of a key it was sealed for\n"
    "\n"
    "Keys that were kept apart are put into DIR/keys afterwards.\n";

static const char drill_usage[] =
    "gongdao drill -- could this backup be served from?\n"
    "\n"
    "  gongdao drill --from BACKUP [--key FILE] [--data DIR] [--to FOLDER] [--head LINE:HEAD]\n"
    "\n"
    "  --from BACKUP      what gongdao backup made\n"
    "  --key FILE         the secret half of a key it was sealed for\n"
    "  --data DIR         whose keys to use when they are not in the backup\n"
    "  --to FOLDER        where to restore it for the while; else TMPDIR or /tmp\n"
    "  --head LINE:HEAD   as with gongdao check: a seal of the journal, kept elsewhere\n"
    "\n"
    "Restores it into a folder of its own, reads all of it back as gongdao check does, says how\n"
    "old the last thing in it is, and removes the folder again.  Ends with 1 if something is\n"
    "wrong.  The installation is not touched and may serve meanwhile.\n";

static const char move_usage[] =
    "gongdao move -- carry an installation from SQLite to PostgreSQL\n"
    "\n"
    "  gongdao move --data DIR --to postgresql://USER@HOST/NAME\n"
    "\n"
    "  --to URL   an empty PostgreSQL database, 15 or newer, in UTF8\n"
    "\n"
    "Stop the server first.  All rows are carried in one transaction and read back before it is\n"
    "committed: stopped on the way, it leaves nothing, and may be run again.  Then DIR/gongdao.db "
    "is\n"
    "renamed, and every command needs --database; keys and attached files stay in DIR.\n";

static const char files_usage[] =
    "gongdao files -- carry attached files from the data folder into the store\n"
    "\n"
    "  gongdao files --data DIR --config FILE\n"
    "\n"
    "  --config FILE   names the store, in [files]\n"
    "\n"
    "Each is read back from the store before it is removed from DIR/files.  Servers may serve\n"
    "meanwhile, all with this store in their configuration.  Stopped on the way, it may be run\n"
    "again.\n";

static const char erasures_usage[] =
    "gongdao erasures -- what was erased on request, so that a restored backup forgets it too\n"
    "\n"
    "  gongdao erasures --data DIR > FILE\n"
    "  gongdao erasures --data DIR --from FILE\n"
    "\n"
    "  --from FILE   a list an earlier call printed: what a backup has brought back is erased "
    "again\n"
    "                when it is next served\n"
    "\n"
    "Print the list daily and keep it beside the backups, not in them.  It names nobody: numbers\n"
    "of this installation and keyed hashes, of no use without its keys.\n";

static const char retention_usage[] =
    "gongdao retention -- how long what is kept stays\n"
    "\n"
    "  gongdao retention --data DIR list        each kind, its period and rule, how many are over\n"
    "  gongdao retention --data DIR run         take what is over now; the server does it daily\n"
    "  gongdao retention --data DIR set --from FILE\n"
    "  gongdao retention --data DIR hold KIND [REFERENCE] --reason TEXT\n"
    "  gongdao retention --data DIR release NUMBER\n"
    "\n"
    "  --from FILE     lines of kind, days after it is over (0: it stays), the rule it follows,\n"
    "                  tabulators between; # begins a remark.  Nothing goes for a day afterwards\n"
    "  --reason TEXT   why it must not go: the court and its file number; kept sealed\n"
    "\n"
    "A hold keeps a case with its messages and files, or a whole kind, whatever its period.  Each\n"
    "run, hold and change is in the journal.  May run while the server serves.\n";

static const char keys_usage[] =
    "gongdao keys -- the keys that what is personal is sealed with\n"
    "\n"
    "  gongdao keys --data DIR list           which there are, and how many values need each\n"
    "  gongdao keys --data DIR make           a new one, not written with yet\n"
    "  gongdao keys --data DIR rotate         write with the newest; makes one if there is none\n"
    "  gongdao keys --data DIR files --config FILE   seal files in the store anew\n"
    "  gongdao keys --data DIR retire N --to FOLDER  put one away that nothing needs\n"
    "  gongdao keys backup --to FILE          a pair of halves that backups are sealed for\n"
    "\n"
    "  --to FOLDER   where the key goes; kept as long as a backup made before is kept\n"
    "  --to FILE     the secret half, a new file: on another machine, or on what goes to a safe\n"
    "\n"
    "The server may run, and must, to seal older values anew: some each moment, and after a kill\n"
    "it goes on where it was.  Nodes without a common folder: make, copy the key to all, rotate.\n"
    "The keys of what is looked for (index.key) and of forms (csrf.key) are not turned over.\n";

static const char check_usage[] =
    "gongdao check -- is everything as it should be?\n"
    "\n"
    "  gongdao check --data DIR [--config FILE] [--head LINE:HEAD]\n"
    "\n"
    "  --config FILE      whose [journal] says by whom time stamps of the journal have to be\n"
    "  --head LINE:HEAD   the newest seal an earlier check printed, or one of the log\n"
    "\n"
    "Reads the whole database, the journal with its seals, and each attached file; ends with 1\n"
    "if one is wrong and names it.  A line of the journal that was changed, taken out or put in\n"
    "after its minute was sealed is found, unless the seals were made anew by somebody who has\n"
    "the keys too: the newest seal is printed, to be kept where nobody here can change it, and\n"
    "--head looks for it again.\n";

static const char version_usage[] = "gongdao version -- print the version\n";

const char *usage_of(const char *command)
{
    static const struct {
        const char *command, *usage;
    } all[] = {{"init", init_usage},       {"serve", serve_usage},   {"user", user_usage},
               {"import", import_usage},   {"export", export_usage}, {"backup", backup_usage},
               {"restore", restore_usage}, {"check", check_usage},   {"drill", drill_usage},
               {"move", move_usage},       {"files", files_usage},   {"erasures", erasures_usage},
               {"keys", keys_usage},       {"retention", retention_usage},
               {"version", version_usage}, {"replay", replay_usage}};

    for (size_t i = 0; i < COUNT(all); i++) {
        if (strcmp(all[i].command, command) == 0) return all[i].usage;
    }
    return NULL;
}
