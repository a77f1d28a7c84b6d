-- People see where they are signed in: from which network a session was opened, and when it was last used.
ALTER TABLE "web_session" ADD COLUMN "network" TEXT, ADD COLUMN "seen_at" TIMESTAMPTZ(3);

DROP FUNCTION use_sign_in_link(text, bytea, uuid, text, interval);
DROP FUNCTION open_demo_session(text, uuid, text, interval);

-- Uses a link up and opens the session p_session with it. The person, or NULL when the link is used, too old or not theirs.
CREATE FUNCTION use_sign_in_link(p_email text, p_hash bytea, p_session uuid, p_user_agent text, p_network text, p_for interval)
  RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (
    DELETE FROM sign_in_link l USING person p
    WHERE l.hash = p_hash AND p.id = l.person_id AND p.email = p_email AND l.expires_at > clock_timestamp()
    RETURNING l.person_id)
  INSERT INTO web_session (id, person_id, user_agent, network, expires_at)
    SELECT p_session, u.person_id, p_user_agent, p_network, clock_timestamp() + p_for FROM used u RETURNING person_id
$$;

-- Opens a session without a link: for the people of the local demo, which only a setting of the API's names.
CREATE FUNCTION open_demo_session(p_email text, p_session uuid, p_user_agent text, p_network text, p_for interval)
  RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO web_session (id, person_id, user_agent, network, expires_at)
    SELECT p_session, p.id, p_user_agent, p_network, clock_timestamp() + p_for FROM person p
    WHERE p.email = p_email AND EXISTS (SELECT FROM member m WHERE m.person_id = p.id) RETURNING person_id
$$;

-- Whether this person's session holds now; one that does is noted as seen, once a minute.
CREATE OR REPLACE FUNCTION web_session_holds(p_session uuid, p_person uuid) RETURNS boolean LANGUAGE sql VOLATILE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE web_session s SET seen_at = clock_timestamp()
    WHERE s.id = p_session AND s.person_id = p_person AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
      AND coalesce(s.seen_at, s.created_at) < clock_timestamp() - interval '1 minute';
  SELECT EXISTS (SELECT FROM web_session s WHERE s.id = p_session AND s.person_id = p_person
                 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp())
$$;

-- The sessions of this person that hold now, the one used last first; none unless p_session is one of them.
CREATE FUNCTION list_web_sessions(p_person uuid, p_session uuid)
  RETURNS TABLE (id uuid, user_agent text, network text, created_at timestamptz, seen_at timestamptz, expires_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH held AS (SELECT * FROM web_session s
    WHERE s.person_id = p_person AND s.ended_at IS NULL AND s.expires_at > clock_timestamp())
  SELECT h.id, h.user_agent, h.network, h.created_at, coalesce(h.seen_at, h.created_at), h.expires_at FROM held h
    WHERE EXISTS (SELECT FROM held own WHERE own.id = p_session) ORDER BY 5 DESC, 1 LIMIT 100
$$;

GRANT CREATE ON SCHEMA public TO levqor_lookup;
ALTER FUNCTION use_sign_in_link(text, bytea, uuid, text, text, interval) OWNER TO levqor_lookup;
ALTER FUNCTION open_demo_session(text, uuid, text, text, interval) OWNER TO levqor_lookup;
ALTER FUNCTION list_web_sessions(uuid, uuid) OWNER TO levqor_lookup;
REVOKE CREATE ON SCHEMA public FROM levqor_lookup;
REVOKE ALL ON FUNCTION use_sign_in_link(text, bytea, uuid, text, text, interval),
  open_demo_session(text, uuid, text, text, interval), list_web_sessions(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION use_sign_in_link(text, bytea, uuid, text, text, interval),
  open_demo_session(text, uuid, text, text, interval), list_web_sessions(uuid, uuid) TO levqor_app;
