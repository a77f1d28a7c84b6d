-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "approval" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "workflow_id" UUID NOT NULL,
    "class" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "plan_hash" TEXT NOT NULL,
    "requester_id" UUID,
    "approver_roles" TEXT[],
    "approver_people" TEXT[],
    "quorum" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_decision" (
    "tenant_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_email" TEXT NOT NULL,
    "on_behalf_of" UUID,
    "roles" TEXT[],
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "plan_hash" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_decision_pkey" PRIMARY KEY ("tenant_id","approval_id","person_id")
);

-- CreateTable
CREATE TABLE "approval_delegation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "draft_hash" TEXT NOT NULL,
    "draft_saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "draft_saved_by" UUID,
    "latest_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_version" (
    "tenant_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "note" TEXT,
    "changes" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by" UUID,

    CONSTRAINT "workflow_version_pkey" PRIMARY KEY ("tenant_id","workflow_id","number")
);

-- CreateTable
CREATE TABLE "connection" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secret_fields" TEXT[],
    "secret" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "rotated_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "workflow_name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'QUEUED',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "input" JSONB NOT NULL,
    "input_ref" UUID,
    "output" JSONB,
    "output_ref" UUID,
    "error" JSONB,
    "response" JSONB,
    "trigger" TEXT NOT NULL DEFAULT 'manual',
    "launch_stage" TEXT NOT NULL,
    "started_by" JSONB NOT NULL,
    "starter_id" TEXT GENERATED ALWAYS AS (
      COALESCE("started_by" ->> 'personId', "started_by" ->> 'apiKeyId', "started_by" ->> 'runId',
        "started_by" ->> 'webhookId', "started_by" ->> 'scheduleId', "started_by" ->> 'name')) STORED,
    "requester_id" UUID,
    "parent_run_id" UUID,
    "parent_path" TEXT,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "rerun_of" UUID,
    "rerun_from" TEXT,
    "carry" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_step" (
    "tenant_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "input" JSONB,
    "input_ref" UUID,
    "output" JSONB,
    "output_ref" UUID,
    "error" JSONB,
    "waiting_for" TEXT,
    "until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "reused_from" UUID,

    CONSTRAINT "run_step_pkey" PRIMARY KEY ("tenant_id","run_id","path")
);

-- CreateTable
CREATE TABLE "run_event" (
    "tenant_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "step_kind" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("tenant_id","run_id","path","attempt","kind")
);

-- CreateTable
CREATE TABLE "run_value" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "tenant_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "tenant_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("tenant_id","person_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "person_id" UUID,
    "roles" TEXT[],
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant_key" (
    "tenant_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_key_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "tenant_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "tenant_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "request_id" TEXT,
    "details" JSONB,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id","sequence")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("tenant_id","key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approval_tenant_id_status_requested_at_id_idx" ON "approval"("tenant_id", "status", "requested_at", "id");

-- CreateIndex
CREATE INDEX "approval_tenant_id_requested_at_id_idx" ON "approval"("tenant_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "approval_tenant_id_run_id_idx" ON "approval"("tenant_id", "run_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_tenant_id_id_key" ON "approval"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "approval_delegation_tenant_id_to_id_ends_at_idx" ON "approval_delegation"("tenant_id", "to_id", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "approval_delegation_tenant_id_id_key" ON "approval_delegation"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "workflow_tenant_id_created_at_id_idx" ON "workflow"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "workflow_tenant_id_name_idx" ON "workflow"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_tenant_id_id_key" ON "workflow"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_tenant_id_id_key" ON "connection"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_tenant_id_name_key" ON "connection"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "run_tenant_id_starter_id_created_at_idx" ON "run"("tenant_id", "starter_id", "created_at");

-- CreateIndex
CREATE INDEX "run_tenant_id_created_at_id_idx" ON "run"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_tenant_id_workflow_id_created_at_idx" ON "run"("tenant_id", "workflow_id", "created_at");

-- CreateIndex
CREATE INDEX "run_tenant_id_status_created_at_idx" ON "run"("tenant_id", "status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_tenant_id_id_key" ON "run"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_tenant_id_parent_run_id_parent_path_key" ON "run"("tenant_id", "parent_run_id", "parent_path");

-- CreateIndex
CREATE INDEX "run_step_tenant_id_run_id_sequence_idx" ON "run_step"("tenant_id", "run_id", "sequence");

-- CreateIndex
CREATE INDEX "run_event_tenant_id_run_id_sequence_idx" ON "run_event"("tenant_id", "run_id", "sequence");

-- CreateIndex
CREATE INDEX "run_value_tenant_id_run_id_idx" ON "run_value"("tenant_id", "run_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_value_tenant_id_id_key" ON "run_value"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_tenant_id_created_at_id_idx" ON "api_key"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_tenant_id_id_key" ON "api_key"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_target_sequence_idx" ON "audit_event"("tenant_id", "target", "sequence");

-- CreateIndex
CREATE INDEX "idempotency_key_tenant_id_created_at_idx" ON "idempotency_key"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "outbox_next_at_idx" ON "outbox"("next_at");

-- CreateIndex
CREATE INDEX "outbox_tenant_id_run_id_number_idx" ON "outbox"("tenant_id", "run_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_tenant_id_id_key" ON "outbox"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "approval_decision" ADD CONSTRAINT "approval_decision_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Roles. The application connects as levqor_app: it owns nothing and is bound by row-level security.
-- levqor_lookup may look across tenants, only inside the four functions below; nobody logs in as it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'levqor_app') THEN CREATE ROLE levqor_app NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'levqor_lookup') THEN CREATE ROLE levqor_lookup NOLOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO levqor_app, levqor_lookup;

-- The tenant of the open transaction, or NULL. Unset reads '' on a reused connection, hence NULLIF.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid $$;

-- Row-level security on every table with a tenant, forced for the owner too. No tenant set = nothing visible.
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables b USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND b.table_type = 'BASE TABLE' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO levqor_app', t);
  END LOOP;
END $$;

-- A person is visible where a member.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY member ON person FOR SELECT USING (EXISTS (SELECT FROM member m WHERE m.person_id = person.id AND m.tenant_id = current_tenant()));
CREATE POLICY newcomer ON person FOR INSERT WITH CHECK (current_tenant() IS NOT NULL);
GRANT SELECT, INSERT ON person TO levqor_app;

-- What is written once stays as it is.
REVOKE UPDATE, DELETE ON workflow_version, approval_decision, run_value FROM levqor_app;
REVOKE INSERT, UPDATE, DELETE ON audit_event, audit_head FROM levqor_app;
REVOKE DELETE ON workflow, run, run_step, run_event, approval, approval_delegation, api_key, tenant FROM levqor_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO levqor_app;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON workflow_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON approval_decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Appends one link to the tenant's audit chain: hash = sha256(previous hash || the row as JSON). Called last in a
-- transaction, since the head row stays locked until the commit.
CREATE FUNCTION audit_append(p_actor jsonb, p_action text, p_target text, p_request_id text, p_details jsonb)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  t uuid := current_tenant();
  head audit_head;
  now_at timestamptz(3) := clock_timestamp();
  link bytea;
BEGIN
  INSERT INTO audit_head (tenant_id, sequence, hash) VALUES (t, 0, '\x00') ON CONFLICT (tenant_id) DO NOTHING;
  SELECT * INTO head FROM audit_head WHERE tenant_id = t FOR UPDATE;
  link := audit_link(head.hash, t, head.sequence + 1, now_at, p_actor, p_action, p_target, p_request_id, p_details);
  INSERT INTO audit_event (tenant_id, sequence, at, actor, action, target, request_id, details, previous, hash)
    VALUES (t, head.sequence + 1, now_at, p_actor, p_action, p_target, p_request_id, p_details, head.hash, link);
  UPDATE audit_head SET sequence = head.sequence + 1, hash = link WHERE tenant_id = t;
  RETURN head.sequence + 1;
END $$;

CREATE FUNCTION audit_link(previous bytea, t uuid, n bigint, happened timestamptz, actor jsonb, action text, target text, request_id text, details jsonb)
  RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(jsonb_build_array(t, n, to_char(happened AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), actor, action, target, request_id, details)::text, 'UTF8'))
$$;
REVOKE ALL ON FUNCTION audit_append(jsonb, text, text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append(jsonb, text, text, text, jsonb) TO levqor_app;

-- Look-ups without a tenant. Each returns ids only.
CREATE POLICY lookup ON api_key FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON outbox FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON run FOR SELECT TO levqor_lookup USING (true);
CREATE POLICY lookup ON tenant FOR SELECT TO levqor_lookup USING (true);
GRANT SELECT ON api_key, outbox, run, tenant TO levqor_lookup;

-- The tenant and id of the API key with this SHA-256, or no row.
CREATE FUNCTION find_api_key(p_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT k.tenant_id, k.id FROM api_key k WHERE k.hash = p_hash $$;

-- Messages that are due, oldest first.
CREATE FUNCTION due_outbox(p_limit int) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT o.tenant_id, o.id FROM outbox o WHERE o.failed_at IS NULL AND o.next_at <= now() ORDER BY o.next_at LIMIT p_limit $$;

-- Runs that claim to go on, for the reconciler that compares them with Temporal.
CREATE FUNCTION open_runs(p_older_than interval, p_after uuid, p_limit int) RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT r.tenant_id, r.id FROM run r WHERE r.finished_at IS NULL AND r.created_at < now() - p_older_than
        AND (p_after IS NULL OR r.id > p_after) ORDER BY r.id LIMIT p_limit $$;

-- The tenant with this slug, or no row.
CREATE FUNCTION find_tenant(p_slug text) RETURNS uuid LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT t.tenant_id FROM tenant t WHERE t.slug = p_slug $$;

GRANT CREATE ON SCHEMA public TO levqor_lookup;
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'levqor_lookup', 'MEMBER') THEN EXECUTE format('GRANT levqor_lookup TO %I', current_user); END IF;
END $$;
ALTER FUNCTION find_api_key(bytea) OWNER TO levqor_lookup;
ALTER FUNCTION due_outbox(int) OWNER TO levqor_lookup;
ALTER FUNCTION open_runs(interval, uuid, int) OWNER TO levqor_lookup;
ALTER FUNCTION find_tenant(text) OWNER TO levqor_lookup;
REVOKE CREATE ON SCHEMA public FROM levqor_lookup;
REVOKE ALL ON FUNCTION find_api_key(bytea), due_outbox(int), open_runs(interval, uuid, int), find_tenant(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key(bytea), due_outbox(int), open_runs(interval, uuid, int), find_tenant(text) TO levqor_app;
