import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/**
 * Secrets that a request can open which brings a token, and the table cannot: it has only the token's hash. Signing secrets have to be known
 * as they are to check a signature, so that they cannot be hashed themselves.
 *
 * A key pair (X25519) follows from the token. Whoever sets a secret needs the public key alone, which is stored; what opens it is the private
 * one, which exists while a request with the token is answered. Encrypted with AES-256-GCM under a key of an exchange with a pair that is made
 * for the one secret (ECIES; RFC 9180 has the same construction).
 */

/** An X25519 private key in PKCS #8, but for its 32 bytes. */
const privateKeyPrefix = Buffer.from("302e020100300506032b656e04220420", "hex");

const [publicKeyBytes, nonceBytes, tagBytes] = [44, 12, 16];
const cipherName = "aes-256-gcm";

function privateKeyOf(token: string): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", token, "", "source secrets", 32));
  return createPrivateKey({
    key: Buffer.concat([privateKeyPrefix, seed]),
    ...{ format: "der", type: "pkcs8" },
  });
}

function exported(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" });
}

function imported(bytes: Buffer): KeyObject {
  return createPublicKey({ key: bytes, format: "der", type: "spki" });
}

/** The public key of a token, as text. */
export function sealingKeyOf(token: string): string {
  return exported(createPublicKey(privateKeyOf(token))).toString("base64url");
}

function cipherKeyOf(shared: Buffer, ephemeral: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", shared, ephemeral, "sealed secret", 32));
}

/**
 * Seals a text.
 * @param sealingKey of `sealingKeyOf`
 * @param place what it belongs to: it can be opened for nothing else
 */
export function sealSecret(sealingKey: string, place: string, text: string): string {
  const pair = generateKeyPairSync("x25519");
  const shared = diffieHellman({
    privateKey: pair.privateKey,
    publicKey: imported(Buffer.from(sealingKey, "base64url")),
  });
  const ephemeral = exported(pair.publicKey);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, cipherKeyOf(shared, ephemeral), nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([ephemeral, nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/**
 * Opens what was sealed with the public key of the token.
 * @throws Error where it was sealed for something else, or changed
 */
export function openSecret(token: string, place: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const ephemeral = bytes.subarray(0, publicKeyBytes);
  const nonce = bytes.subarray(publicKeyBytes, publicKeyBytes + nonceBytes);
  const begin = publicKeyBytes + nonceBytes + tagBytes;
  const shared = diffieHellman({ privateKey: privateKeyOf(token), publicKey: imported(ephemeral) });
  const decipher = createDecipheriv(cipherName, cipherKeyOf(shared, ephemeral), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(begin - tagBytes, begin));
  return Buffer.concat([decipher.update(bytes.subarray(begin)), decipher.final()]).toString("utf8");
}
