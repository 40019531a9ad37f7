-- Two roles: the owner makes and changes tables; the site reads and writes rows and owns nothing.
-- A superuser may run this as often as one likes: psql -d postgres -f roles.sql
-- OWNER_PASSWORD and SITE_PASSWORD become the passwords, where they are set in the environment.
\set ON_ERROR_STOP 1
\getenv owner_password OWNER_PASSWORD
\getenv site_password SITE_PASSWORD

select 'create role learningcity_owner login nosuperuser nobypassrls createdb'
where not exists (select from pg_roles where rolname = 'learningcity_owner') \gexec
select 'create role learningcity_app login nosuperuser nobypassrls nocreatedb'
where not exists (select from pg_roles where rolname = 'learningcity_app') \gexec
\if :{?owner_password}
alter role learningcity_owner password :'owner_password';
\endif
\if :{?site_password}
alter role learningcity_app password :'site_password';
\endif
-- The owner may put on the site's clothes, so that tests can try what the site may not do.
grant learningcity_app to learningcity_owner;

-- Every database made from here on, those of tests and measurements too, opens the owner's tables to the site.
\connect template1
alter default privileges for role learningcity_owner in schema public
    grant select, insert, update, delete on tables to learningcity_app;
alter default privileges for role learningcity_owner in schema public
    grant usage, select on sequences to learningcity_app;
select 'create database learningcity owner learningcity_owner'
where not exists (select from pg_database where datname = 'learningcity') \gexec
