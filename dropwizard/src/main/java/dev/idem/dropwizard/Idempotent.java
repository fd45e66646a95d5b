package dev.idem.dropwizard;

import dev.idem.dropwizard.atomic.Isolation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A repeated request to this method, or to any POST, PUT, PATCH or DELETE method of this class, takes effect once. Repeats carry
 * the same {@code Idempotency-Key} header (draft-ietf-httpapi-idempotency-key-header-07).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {

    /**
     * Whether unauthenticated callers may use keys. They share one scope: a caller who repeats another's key
     * and request gets the other's answer. If false, such a request is refused with 401. Anonymous requests without a key are not
     * compared, since two callers may send equal ones by chance. A policy in {@code idempotency.policies} that sets {@code
     * enabled}, {@code window}, {@code adaptive}, {@code content} or {@code callers} of {@code fingerprint} compares them, among
     * callers with the same {@code Authorization} and cookies.
     */
    boolean anonymous() default false;

    /**
     * Whether a request's effect and its answer are committed together, in one transaction of the database with the records. The
     * method works in it through a parameter {@code @Context Handle} ({@link org.jdbi.v3.core.Handle}) or {@code @Context Connection}
     * ({@link java.sql.Connection}) and does not end it. The bundle commits when the method returns any 2xx, 3xx or 4xx that is stored. It rolls back when the method throws, when its
     * answer is not stored, or when another owner of the key was first. Nothing is sent before. A request without a key has such
     * a transaction too.
     */
    boolean atomic() default false;

    /** The isolation of an {@linkplain #atomic atomic} method's transactions. On a method that is not atomic it stops the start. */
    Isolation isolation() default Isolation.DEFAULT;

    /**
     * Where the key is in a request without the header: a JSON Pointer (RFC 6901) into a JSON body such as {@code /event/id}, or
     * {@code query:} and the name of a parameter, or {@code header} for nowhere. Empty for what the policy says.
     */
    String keyFrom() default "";

    /** The name of a policy in {@code idempotency.policies}; empty for {@code idempotency.policy}. */
    String policy() default "";
}
