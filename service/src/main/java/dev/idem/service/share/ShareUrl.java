package dev.idem.service.share;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An https URL of a supported platform, of at most 2,048 characters. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Constraint(validatedBy = ShareUrl.Rule.class)
@interface ShareUrl {
    /** The longest URL, in characters. */
    int MAX_LENGTH = 2048;

    String message() default
            "must be an https URL of tiktok, reddit, twitter/x, youtube or instagram, of at most 2048 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Validates a URL and finds its platform. */
    final class Rule implements ConstraintValidator<ShareUrl, String> {
        private static final int HTTPS_PORT = 443;

        @Override
        public boolean isValid(@Nullable String url, ConstraintValidatorContext context) {
            return url != null && platformOf(url).isPresent();
        }

        /** The platform; empty if the URL is not valid. */
        static Optional<Platform> platformOf(String url) {
            if (url.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            try {
                URI uri = new URI(url);
                boolean plain = "https".equalsIgnoreCase(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && (uri.getPort() < 0 || uri.getPort() == HTTPS_PORT);
                return plain ? Platform.ofHost(uri.getHost()) : Optional.empty();
            } catch (URISyntaxException notAUrl) {
                return Optional.empty();
            }
        }
    }
}
