package dev.idem.redis.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether a private key belongs to a public one: what it signs, the other verifies. */
final class KeyPairCheck {
    private static final byte[] TEXT = {1, 2, 3};

    private KeyPairCheck() {}

    static boolean fits(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        String algorithm =
                switch (of.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> of.getAlgorithm();
                };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(TEXT);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(of);
        verifying.update(TEXT);
        return verifying.verify(signing.sign());
    }
}
