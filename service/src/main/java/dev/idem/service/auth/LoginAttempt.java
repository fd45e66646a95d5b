package dev.idem.service.auth;

import dev.idem.accounts.Users;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Who wants to log in, and from where.
 *
 * @param account the address as stored, whether or not there is such a user
 * @param place an address; for IPv6 its network, since the owner of one address has all of them
 */
record LoginAttempt(String account, InetAddress place) {
    private static final int NETWORK_BYTES = 8;

    static LoginAttempt of(String email, InetAddress client) {
        return new LoginAttempt(Users.canonical(email), placeOf(client));
    }

    private static InetAddress placeOf(InetAddress client) {
        byte[] bytes = client.getAddress();
        if (client instanceof Inet6Address) {
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes or 16", e);
        }
    }
}
