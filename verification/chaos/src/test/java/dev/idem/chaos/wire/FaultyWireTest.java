package dev.idem.chaos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyWireTest {
    private ServerSocket server;
    private FaultyWire wire;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        wire = new FaultyWire(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        server.close();
    }

    @Test
    void carriesBytesBothWays() throws IOException {
        try (Socket client = client();
                Socket behind = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(behind.getInputStream().read()).isEqualTo(1);
            behind.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void aClosedEndClosesTheOther() throws IOException {
        try (Socket client = client();
                Socket behind = server.accept()) {
            behind.shutdownOutput();
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    @Test
    void latencyMakesBytesLate() throws IOException {
        try (Socket client = client();
                Socket behind = server.accept()) {
            wire.set(Trouble.LATENCY);
            long begin = System.nanoTime();
            client.getOutputStream().write(1);
            assertThat(behind.getInputStream().read()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(FaultyWire.LATENCY);
        }
    }

    @Test
    void aBlackHoleHoldsBytesUntilItIsGone() throws IOException {
        try (Socket client = client();
                Socket behind = server.accept()) {
            wire.set(Trouble.BLACK_HOLE);
            client.getOutputStream().write(1);
            behind.setSoTimeout(200);
            assertThatThrownBy(behind.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);

            wire.set(Trouble.NONE);
            behind.setSoTimeout(5_000);
            assertThat(behind.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void aResetClosesOldAndNewConnectionsUntilItIsGone() throws IOException {
        try (Socket old = client();
                Socket behind = server.accept()) {
            wire.set(Trouble.RESET);
            assertThat(isClosed(old)).isTrue();
            assertThat(isClosed(behind)).isTrue();
            try (Socket refused = client()) {
                assertThat(isClosed(refused)).isTrue();
            }
        }
        wire.set(Trouble.NONE);
        carriesBytesBothWays();
    }

    private Socket client() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
