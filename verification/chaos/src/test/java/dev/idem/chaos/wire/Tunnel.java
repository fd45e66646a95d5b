package dev.idem.chaos.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a wire: two sockets and a thread for each direction. */
final class Tunnel {
    private static final Logger log = LoggerFactory.getLogger(Tunnel.class);
    private static final int BUFFER = 16 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final Gate gate;

    Tunnel(Socket client, InetSocketAddress target, Gate gate) {
        this.client = client;
        this.target = target;
        this.gate = gate;
    }

    static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void open(Runnable atEnd) {
        thread("tunnel to " + target.getPort(), () -> {
                    try {
                        connectAndCarry();
                    } finally {
                        close();
                        atEnd.run();
                    }
                })
                .start();
    }

    private void connectAndCarry() {
        try {
            gate.pass();
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = thread("tunnel from " + target.getPort(), () -> pump(server, client));
            back.start();
            pump(client, server);
            back.join();
        } catch (IOException e) {
            log.debug("nobody answers at {}", target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until either side is closed, which closes the other. */
    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                gate.pass();
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            log.debug("a connection to {} broke", target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Both ends; what still waits at the gate is lost. */
    void close() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("an end of a tunnel to {} was closed already", target);
            }
        }
    }
}
