package dev.idem.dropwizard.route;

import org.glassfish.jersey.uri.PathTemplate;
import org.glassfish.jersey.uri.UriComponent;

/**
 * The paths that an entry of the configuration stands for. Neither the names of parameters nor their regular expressions count, nor
 * does a slash at the end.
 *
 * @param form the template with {@code {}} for each parameter
 * @param below whether it stands for all paths below, too
 */
record PathRule(String form, boolean below) {
    private static final String BELOW = "/**";

    /** @throws IllegalArgumentException if it is no template; the message says why */
    static PathRule of(String path) {
        String stripped = path.strip();
        boolean below = stripped.endsWith(BELOW);
        String template = below ? stripped.substring(0, stripped.length() - BELOW.length()) : stripped;
        Object unused = new PathTemplate(template); // validates
        return new PathRule(form(template), below);
    }

    /** The form of a method's own path. */
    static String form(String template) {
        String path = ResourceRoute.segment(template);
        StringBuilder plain = new StringBuilder(path.length());
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '{' && depth++ == 0) {
                plain.append("{}");
            } else if (c == '}') {
                depth--;
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return UriComponent.contextualEncode(plain.toString(), UriComponent.Type.PATH, true);
    }

    /** @param other the form of a method's path */
    boolean includes(String other) {
        return other.equals(form) || (below && other.startsWith(form + '/'));
    }

    /** Whether it stands for a path below another one. */
    boolean isBelow(String other) {
        return form.equals(other) || form.startsWith(other + '/') || (below && other.startsWith(form + '/'));
    }
}
