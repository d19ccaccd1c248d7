package rondo.s3.body;

import java.math.BigInteger;

/**
 * Combines the CRCs of two pieces into the CRC of the whole without reading their bytes, as zlib's
 * crc32_combine does: shifting the first CRC by the second piece's length is a multiplication by
 * x^(8 length) modulo the polynomial. Valid for CRCs whose initial value and final XOR are all
 * ones.
 *
 * @param polynomial with its bits reversed and right-aligned
 * @param width 32 or 64
 */
record CrcPolynomial(long polynomial, int width) {
  static final CrcPolynomial CRC32 = new CrcPolynomial(0xEDB88320L, 32);
  static final CrcPolynomial CRC32C = new CrcPolynomial(0x82F63B78L, 32);
  static final CrcPolynomial CRC64NVME = new CrcPolynomial(Crc64Nvme.POLYNOMIAL, 64);

  /**
   * The CRC of piece A followed by piece B.
   *
   * @param lengthOfB in bytes
   */
  long combine(long crcA, long crcB, long lengthOfB) {
    return multiply(powerOfX(BigInteger.valueOf(lengthOfB).shiftLeft(3)), crcA) ^ crcB;
  }

  /**
   * Multiplies modulo the polynomial. Coefficients are reversed: the highest of the width's bits is
   * x^0.
   */
  private long multiply(long a, long b) {
    long product = 0;
    long shifted = b;
    for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
    }
    return product;
  }

  private long powerOfX(BigInteger exponent) {
    long power = 1L << (width - 1);
    long square = 1L << (width - 2);
    for (int bit = 0; bit < exponent.bitLength(); bit++) {
      if (exponent.testBit(bit)) {
        power = multiply(square, power);
      }
      square = multiply(square, square);
    }
    return power;
  }
}
