package dev.idem.gateway.route;

import java.util.List;
import java.util.Set;

/**
 * Headers in which a proxy states what it has seen: the client's address and certificate, and the scheme, host, port
 * and path of the request. A client that sends one itself claims another origin.
 */
public final class ForwardedOriginHeaders {
    /** Single names. Those of certificates are RFC 9440's; gunicorn reads SCRIPT_NAME and PATH_INFO. */
    private static final Set<String> NAMES = Set.of(
            "x-client-port",
            "x-originating-ip",
            "x-proxyuser-ip",
            "x-true-ip",
            "x-envoy-external-address",
            "x-envoy-internal",
            "x-azure-socketip",
            "x-azure-fdid",
            "cf-visitor",
            "cloudfront-viewer-address",
            "front-end-https",
            "fastly-ssl",
            "wl-proxy-ssl",
            "x-arr-ssl",
            "x-arr-clientcert",
            "x-ssl",
            "x-scheme",
            "x-url-scheme",
            "x-host",
            "x-http-host-override",
            "x-rewrite-url",
            "x-script-name",
            "script-name",
            "path-info",
            "client-cert",
            "client-cert-chain",
            "remote-user", // the user, as authenticated by a proxy
            "x-remote-user",
            "cf-ipcountry",
            "proxy"); // a CGI program takes it for its own proxy

    private static final List<String> BEGINNINGS = List.of(
            "forwarded", // RFC 7239's, and its predecessors
            "x-forward",
            "x-original-",
            "x-real-",
            "cf-connecting-",
            "cf-pseudo-",
            "x-client-cert",
            "x-ssl-",
            "ssl-client-",
            "x-amzn-mtls-",
            "x-amzn-oidc-",
            "x-goog-authenticated-user-",
            "x-ms-client-principal",
            "x-envoy-original-");

    /** Each CDN has its own prefix. */
    private static final List<String> ENDS = List.of(
            "client-ip",
            "clientip",
            "connecting-ip",
            "connection-ip",
            "real-ip",
            "remote-ip",
            "remote-addr",
            "user-ip",
            "forwarded-for",
            "forwarded-proto",
            "forwarded-host");

    private ForwardedOriginHeaders() {}

    /** @param name in lower case */
    public static boolean include(String name) {
        if (NAMES.contains(name)) {
            return true;
        }
        for (String beginning : BEGINNINGS) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        for (String end : ENDS) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
