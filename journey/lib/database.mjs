// database.mjs -- stories on PostgreSQL: a database for each server, copied from a made city.
//
// GONGDAO_TEST_DATABASE, an address of a cluster one may make databases in, chooses PostgreSQL
// (tools/cluster.sh sets it); without it the rows are in the data folder.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

const cluster = process.env.GONGDAO_TEST_DATABASE ?? "";
// GONGDAO_TEST_POOL: the same by way of a pool (tools/pool.sh); databases are made past it.
const pool = process.env.GONGDAO_TEST_POOL || cluster;

async function say(words) {
  await promisify(execFile)("psql", [cluster, "-q", "-v", "ON_ERROR_STOP=1", "-c", words], {
    timeout: 120_000,
  });
}

/** A new database, empty or a copy; its name, or "" when the rows are in the data folder. */
export async function makeDatabase(template = "") {
  if (!cluster) return "";
  const name = `journey_${randomBytes(6).toString("hex")}`;
  await say(`create database ${name}${template ? ` template ${template}` : ""}`);
  return name;
}

export async function dropDatabase(name) {
  if (name) await say(`drop database ${name} with (force)`);
}

/** What a command is told so that it finds the rows. */
export function databaseOptions(name) {
  return name ? ["--database", pool.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`)] : [];
}

/** The database is away: whoever is connected is thrown out, and nobody gets in. */
export async function shutDatabase(name) {
  await say(`alter database ${name} with allow_connections false`);
  await say(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
}

export async function openDatabase(name) {
  await say(`alter database ${name} with allow_connections true`);
}
