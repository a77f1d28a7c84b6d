-- Schedules, webhooks, outgoing endpoints, approval policies, limits on runs.
ALTER TABLE outbox RENAME COLUMN run_id TO subject_id;
ALTER INDEX outbox_tenant_id_run_id_number_idx RENAME TO outbox_tenant_id_subject_id_number_idx;

-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "content_hash" TEXT,
ADD COLUMN     "escalated_at" TIMESTAMPTZ(3),
ADD COLUMN     "escalation" JSONB,
ADD COLUMN     "form" JSONB,
ADD COLUMN     "reminded_at" TIMESTAMPTZ(3),
ADD COLUMN     "reminders" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "approval_decision" ADD COLUMN     "answers" JSONB,
ADD COLUMN     "on_behalf_of_email" TEXT;

-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "admitted_at" TIMESTAMPTZ(3),
ADD COLUMN     "bulk_rerun_id" UUID,
ADD COLUMN     "concurrency_key" TEXT,
ADD COLUMN     "failure_fingerprint" TEXT,
ADD COLUMN     "schedule_id" UUID,
ADD COLUMN     "scheduled_for" TIMESTAMPTZ(3),
ADD COLUMN     "test" JSONB,
ADD COLUMN     "test_draft" JSONB;

-- CreateTable
CREATE TABLE "approval_link" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "plan_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_pace" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "connection_pace_pkey" PRIMARY KEY ("tenant_id","connection_id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "event_types" TEXT[],
    "secrets" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "rotated_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "lost_deliveries" INTEGER NOT NULL DEFAULT 0,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint_delivery" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "replay_of" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint_attempt" (
    "tenant_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "http_status" INTEGER,
    "error" TEXT,
    "response" TEXT,

    CONSTRAINT "endpoint_attempt_pkey" PRIMARY KEY ("tenant_id","delivery_id","number")
);

-- CreateTable
CREATE TABLE "bulk_rerun" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fingerprint" TEXT,
    "from_step" TEXT,
    "version" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'RUNNING',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" JSONB NOT NULL,
    "requester_id" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_rerun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_rerun_item" (
    "tenant_id" UUID NOT NULL,
    "bulk_rerun_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "new_run_id" UUID,
    "reason" TEXT,
    "message" TEXT,

    CONSTRAINT "bulk_rerun_item_pkey" PRIMARY KEY ("tenant_id","bulk_rerun_id","run_id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "input" JSONB NOT NULL,
    "version" INTEGER,
    "overlap" TEXT NOT NULL,
    "catch_up_seconds" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" UUID,
    "pause_reason" TEXT,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "token" BYTEA NOT NULL,
    "scheme" TEXT NOT NULL DEFAULT 'none',
    "secret" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "rotated_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content_type" TEXT,
    "bytes" INTEGER NOT NULL,
    "event_key" TEXT,
    "body_hash" BYTEA,
    "outcome" TEXT NOT NULL,
    "http_status" INTEGER NOT NULL,
    "reason" TEXT,
    "run_id" UUID,
    "duplicates" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_link_token_hash_key" ON "approval_link"("token_hash");

-- CreateIndex
CREATE INDEX "approval_link_tenant_id_approval_id_idx" ON "approval_link"("tenant_id", "approval_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_link_tenant_id_id_key" ON "approval_link"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "endpoint_tenant_id_created_at_id_idx" ON "endpoint"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_tenant_id_id_key" ON "endpoint"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "endpoint_delivery_tenant_id_endpoint_id_created_at_id_idx" ON "endpoint_delivery"("tenant_id", "endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "endpoint_delivery_tenant_id_created_at_id_idx" ON "endpoint_delivery"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_delivery_tenant_id_id_key" ON "endpoint_delivery"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "bulk_rerun_tenant_id_created_at_id_idx" ON "bulk_rerun"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bulk_rerun_tenant_id_id_key" ON "bulk_rerun"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "bulk_rerun_item_tenant_id_bulk_rerun_id_status_idx" ON "bulk_rerun_item"("tenant_id", "bulk_rerun_id", "status");

-- CreateIndex
CREATE INDEX "schedule_tenant_id_created_at_id_idx" ON "schedule"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "schedule_tenant_id_workflow_id_idx" ON "schedule"("tenant_id", "workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "schedule_tenant_id_id_key" ON "schedule"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_token_hash_key" ON "webhook"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_tenant_id_id_key" ON "webhook"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_tenant_id_workflow_id_key" ON "webhook"("tenant_id", "workflow_id");

-- CreateIndex
CREATE INDEX "webhook_delivery_tenant_id_webhook_id_received_at_id_idx" ON "webhook_delivery"("tenant_id", "webhook_id", "received_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_tenant_id_id_key" ON "webhook_delivery"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_tenant_id_webhook_id_event_key_key" ON "webhook_delivery"("tenant_id", "webhook_id", "event_key");

-- CreateIndex
CREATE INDEX "approval_tenant_id_content_hash_status_idx" ON "approval"("tenant_id", "content_hash", "status");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_action_at_idx" ON "audit_event"("tenant_id", "action", "at");

-- CreateIndex
CREATE INDEX "run_tenant_id_workflow_id_concurrency_key_created_at_idx" ON "run"("tenant_id", "workflow_id", "concurrency_key", "created_at");

-- CreateIndex
CREATE INDEX "run_tenant_id_failure_fingerprint_created_at_idx" ON "run"("tenant_id", "failure_fingerprint", "created_at");

-- CreateIndex
CREATE INDEX "run_tenant_id_schedule_id_created_at_idx" ON "run"("tenant_id", "schedule_id", "created_at");

-- CreateIndex
CREATE INDEX "run_tenant_id_rerun_of_idx" ON "run"("tenant_id", "rerun_of");

-- CreateIndex
CREATE INDEX "run_tenant_id_bulk_rerun_id_idx" ON "run"("tenant_id", "bulk_rerun_id");


-- Row-level security for the new tables, as for the first ones.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['approval_link', 'bulk_rerun', 'bulk_rerun_item', 'connection_pace', 'schedule', 'webhook',
                           'webhook_delivery', 'endpoint', 'endpoint_delivery', 'endpoint_attempt'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO levqor_app', t);
  END LOOP;
END $$;
REVOKE DELETE ON bulk_rerun, bulk_rerun_item, schedule, webhook, endpoint FROM levqor_app;
REVOKE UPDATE, DELETE ON endpoint_attempt FROM levqor_app;

-- Look-ups without a tenant. Each returns ids only.
CREATE POLICY lookup ON webhook FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON approval_link FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON bulk_rerun FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON idempotency_key FOR SELECT TO levqor_lookup USING (true);
GRANT SELECT ON webhook, approval_link, bulk_rerun TO levqor_lookup;
GRANT SELECT (tenant_id, created_at) ON idempotency_key TO levqor_lookup;
GRANT SELECT, INSERT, UPDATE ON lease TO levqor_lookup;
ALTER TABLE lease ENABLE ROW LEVEL SECURITY;
ALTER TABLE lease FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup ON lease TO levqor_lookup USING (true) WITH CHECK (true);

-- The webhook whose token has this SHA-256, or no row.
CREATE FUNCTION find_webhook(p_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT w.tenant_id, w.id FROM webhook w WHERE w.token_hash = p_hash $$;

-- The approval link whose token has this SHA-256, or no row.
CREATE FUNCTION find_approval_link(p_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT l.tenant_id, l.id FROM approval_link l WHERE l.token_hash = p_hash $$;

-- Bulk re-runs that claim to go on, for the reconciler that compares them with Temporal.
CREATE FUNCTION open_bulk_reruns(p_older_than interval, p_after uuid, p_limit int) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT b.tenant_id, b.id FROM bulk_rerun b WHERE b.finished_at IS NULL AND b.created_at < now() - p_older_than
        AND (p_after IS NULL OR b.id > p_after) ORDER BY b.id LIMIT p_limit $$;

-- Tenants that have idempotency keys of this age.
CREATE FUNCTION tenants_with_old_keys(p_older_than interval, p_limit int) RETURNS TABLE (tenant_id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT k.tenant_id FROM idempotency_key k WHERE k.created_at < clock_timestamp() - p_older_than LIMIT p_limit $$;

-- True when the holder has the lease now, new or prolonged; false while another one has it.
CREATE FUNCTION take_lease(p_name text, p_holder text, p_for interval) RETURNS boolean LANGUAGE sql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH taken AS (
    INSERT INTO lease AS l (name, holder, until) VALUES (p_name, p_holder, clock_timestamp() + p_for)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
      WHERE l.holder = excluded.holder OR l.until < clock_timestamp()
    RETURNING 1)
  SELECT EXISTS (SELECT FROM taken)
$$;

-- Messages that are due: the oldest of each tenant in turn, so that one tenant's many do not hold up another's few.
CREATE OR REPLACE FUNCTION due_outbox(p_limit int) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.tenant_id, d.id FROM (
    SELECT o.tenant_id, o.id, o.next_at, row_number() OVER (PARTITION BY o.tenant_id ORDER BY o.next_at) AS turn
    FROM outbox o WHERE o.failed_at IS NULL AND o.next_at <= now()
  ) d ORDER BY d.turn, d.next_at LIMIT p_limit
$$;

GRANT CREATE ON SCHEMA public TO levqor_lookup;
ALTER FUNCTION find_webhook(bytea) OWNER TO levqor_lookup;
ALTER FUNCTION find_approval_link(bytea) OWNER TO levqor_lookup;
ALTER FUNCTION take_lease(text, text, interval) OWNER TO levqor_lookup;
ALTER FUNCTION open_bulk_reruns(interval, uuid, int) OWNER TO levqor_lookup;
ALTER FUNCTION tenants_with_old_keys(interval, int) OWNER TO levqor_lookup;
REVOKE CREATE ON SCHEMA public FROM levqor_lookup;
REVOKE ALL ON FUNCTION find_webhook(bytea), find_approval_link(bytea), take_lease(text, text, interval),
  open_bulk_reruns(interval, uuid, int), tenants_with_old_keys(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_webhook(bytea), find_approval_link(bytea), take_lease(text, text, interval),
  open_bulk_reruns(interval, uuid, int), tenants_with_old_keys(interval, int) TO levqor_app;

-- Signing in on the web. CreateTable
CREATE TABLE "sign_in_link" (
    "hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "web_session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "web_session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_in_link_person_id_created_at_idx" ON "sign_in_link"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_link_expires_at_idx" ON "sign_in_link"("expires_at");

-- CreateIndex
CREATE INDEX "web_session_person_id_created_at_idx" ON "web_session"("person_id", "created_at");

-- No tenant's rows, and the application may not touch them: only the functions below do.
ALTER TABLE sign_in_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_link FORCE ROW LEVEL SECURITY;
ALTER TABLE web_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE web_session FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup ON sign_in_link TO levqor_lookup USING (true) WITH CHECK (true);
CREATE POLICY lookup ON web_session TO levqor_lookup USING (true) WITH CHECK (true);
CREATE POLICY lookup ON person FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON member FOR SELECT TO levqor_lookup USING (true);
GRANT SELECT, INSERT, DELETE ON sign_in_link TO levqor_lookup;
GRANT SELECT, INSERT, UPDATE, DELETE ON web_session TO levqor_lookup;
GRANT SELECT (id, email) ON person TO levqor_lookup;
GRANT SELECT (tenant_id, person_id, created_at) ON member TO levqor_lookup;

-- The organisations of a person, oldest membership first.
CREATE FUNCTION tenants_of_person(p_person uuid) RETURNS TABLE (tenant_id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT m.tenant_id FROM member m WHERE m.person_id = p_person ORDER BY m.created_at, m.tenant_id $$;

-- Keeps a link to sign in for the person with this address, where a member of any organisation. The person, or NULL.
CREATE FUNCTION keep_sign_in_link(p_email text, p_hash bytea, p_for interval) RETURNS uuid LANGUAGE sql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (DELETE FROM sign_in_link l WHERE l.expires_at < clock_timestamp())
  INSERT INTO sign_in_link (hash, person_id, expires_at)
    SELECT p_hash, p.id, clock_timestamp() + p_for FROM person p
    WHERE p.email = p_email AND EXISTS (SELECT FROM member m WHERE m.person_id = p.id)
  ON CONFLICT (hash) DO NOTHING RETURNING person_id
$$;

-- Uses a link up and opens the session p_session with it. The person, or NULL when the link is used, too old or not theirs.
CREATE FUNCTION use_sign_in_link(p_email text, p_hash bytea, p_session uuid, p_user_agent text, p_for interval) RETURNS uuid LANGUAGE sql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (
    DELETE FROM sign_in_link l USING person p
    WHERE l.hash = p_hash AND p.id = l.person_id AND p.email = p_email AND l.expires_at > clock_timestamp()
    RETURNING l.person_id)
  INSERT INTO web_session (id, person_id, user_agent, expires_at)
    SELECT p_session, u.person_id, p_user_agent, clock_timestamp() + p_for FROM used u RETURNING person_id
$$;

-- Opens a session without a link: for the people of the local demo, which only a setting of the API's names.
CREATE FUNCTION open_demo_session(p_email text, p_session uuid, p_user_agent text, p_for interval) RETURNS uuid LANGUAGE sql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO web_session (id, person_id, user_agent, expires_at)
    SELECT p_session, p.id, p_user_agent, clock_timestamp() + p_for FROM person p
    WHERE p.email = p_email AND EXISTS (SELECT FROM member m WHERE m.person_id = p.id) RETURNING person_id
$$;

-- Whether this person's session holds now.
CREATE FUNCTION web_session_holds(p_session uuid, p_person uuid) RETURNS boolean LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM web_session s WHERE s.id = p_session AND s.person_id = p_person
                 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp())
$$;

-- Ends a session of this person, or all but one, and forgets those that ended long ago. How many were ended.
CREATE FUNCTION end_web_sessions(p_person uuid, p_session uuid, p_others boolean) RETURNS int LANGUAGE sql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (DELETE FROM web_session o WHERE o.person_id = p_person AND o.expires_at < clock_timestamp() - interval '30 days'),
  ended AS (
    UPDATE web_session s SET ended_at = clock_timestamp()
    WHERE s.person_id = p_person AND (s.id = p_session) <> p_others AND s.ended_at IS NULL RETURNING 1)
  SELECT count(*)::int FROM ended
$$;

GRANT CREATE ON SCHEMA public TO levqor_lookup;
ALTER FUNCTION tenants_of_person(uuid) OWNER TO levqor_lookup;
ALTER FUNCTION keep_sign_in_link(text, bytea, interval) OWNER TO levqor_lookup;
ALTER FUNCTION use_sign_in_link(text, bytea, uuid, text, interval) OWNER TO levqor_lookup;
ALTER FUNCTION open_demo_session(text, uuid, text, interval) OWNER TO levqor_lookup;
ALTER FUNCTION web_session_holds(uuid, uuid) OWNER TO levqor_lookup;
ALTER FUNCTION end_web_sessions(uuid, uuid, boolean) OWNER TO levqor_lookup;
REVOKE CREATE ON SCHEMA public FROM levqor_lookup;
REVOKE ALL ON FUNCTION tenants_of_person(uuid), keep_sign_in_link(text, bytea, interval),
  use_sign_in_link(text, bytea, uuid, text, interval), open_demo_session(text, uuid, text, interval),
  web_session_holds(uuid, uuid), end_web_sessions(uuid, uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_of_person(uuid), keep_sign_in_link(text, bytea, interval),
  use_sign_in_link(text, bytea, uuid, text, interval), open_demo_session(text, uuid, text, interval),
  web_session_holds(uuid, uuid), end_web_sessions(uuid, uuid, boolean) TO levqor_app;
