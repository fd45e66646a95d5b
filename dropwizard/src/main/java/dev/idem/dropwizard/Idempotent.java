package dev.idem.dropwizard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Repeats of a request to this method, or to any POST, PUT, PATCH or DELETE method of this class, take effect once.
 * Which requests are repeats is said by their {@code Idempotency-Key} header (draft-ietf-httpapi-idempotency-key-header-07).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {

    /**
     * Whether callers that nobody has authenticated may use keys. They share one scope: whoever repeats another's key
     * and request gets the other's answer. Without it such a request is refused with 401. Their requests without a key are
     * not compared, since what one says another may say by chance; but for a policy in {@code idempotency.policies} that
     * says {@code enabled}, {@code window}, {@code adaptive}, {@code content} or {@code callers} of {@code fingerprint}, and then only with those that send the same {@code Authorization} and
     * cookies.
     */
    boolean anonymous() default false;

    /**
     * Whether the effect of a request and the record of its answer are committed together, in one transaction of the
     * database that has the records. The method works in it through a parameter {@code @Context Handle} ({@link
     * org.jdbi.v3.core.Handle}) and leaves its end to the bundle: committed when the method returns, whatever 2xx, 3xx or
     * 4xx it answers; rolled back when it throws, when its answer is one that is not stored, or when another owner of the
     * key was first. Nothing is sent before. A request without a key has such a transaction too.
     */
    boolean atomic() default false;

    /** The name of the policy in {@code idempotency.policies} whose rules hold; empty for {@code idempotency.policy}. */
    String policy() default "";
}
