package dev.idem.service.gateway.route;

import java.util.List;
import java.util.Set;

/**
 * Headers by which servers and frameworks are told what a proxy before them has seen: the client's address and certificate, and
 * the scheme, host, port and path that it asked for. A client that sends one itself says that it is another, or comes another way.
 */
public final class OriginClaims {
    /** The first is RFC 7239's, the last two are RFC 9440's; the others are read by one server or another. */
    private static final Set<String> NAMES = Set.of(
            "forwarded",
            "forwarded-for",
            "x-forwarded",
            "client-ip",
            "x-client-ip",
            "x-client-port",
            "x-cluster-client-ip",
            "x-remote-ip",
            "x-remote-addr",
            "remote-addr",
            "x-originating-ip",
            "x-proxyuser-ip",
            "proxy-client-ip",
            "wl-proxy-client-ip",
            "wl-proxy-ssl",
            "true-client-ip",
            "fastly-client-ip",
            "fastly-ssl",
            "x-envoy-external-address",
            "x-envoy-internal",
            "x-appengine-user-ip",
            "x-azure-clientip",
            "x-azure-socketip",
            "x-azure-fdid",
            "front-end-https",
            "x-scheme",
            "x-url-scheme",
            "x-ssl",
            "x-arr-ssl",
            "x-arr-clientcert",
            "x-host",
            "x-http-host-override",
            "x-rewrite-url",
            "x-script-name",
            "script-name",
            "path-info",
            "client-cert",
            "client-cert-chain");

    private static final List<String> FAMILIES = List.of(
            "x-forwarded-",
            "x-original-",
            "x-real-",
            "cf-connecting-",
            "cf-pseudo-",
            "cf-visitor",
            "cloudfront-forwarded-",
            "cloudfront-viewer-address",
            "x-client-cert",
            "x-ssl-",
            "ssl-client-",
            "x-amzn-mtls-");

    private OriginClaims() {}

    /** @param name in lower case */
    public static boolean include(String name) {
        if (NAMES.contains(name)) {
            return true;
        }
        for (String family : FAMILIES) {
            if (name.startsWith(family)) {
                return true;
            }
        }
        return false;
    }
}
