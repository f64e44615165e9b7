declare module 'open-location-code' {
  /** What a plus code stands for: a rectangle in WGS 84 decimal degrees. */
  export interface CodeArea {
    latitudeLo: number
    longitudeLo: number
    latitudeHi: number
    longitudeHi: number
    latitudeCenter: number
    longitudeCenter: number
    codeLength: number
  }
  export class OpenLocationCode {
    isValid(code: string): boolean
    isFull(code: string): boolean
    isShort(code: string): boolean
    encode(latitude: number, longitude: number, codeLength?: number): string
    decode(code: string): CodeArea
    recoverNearest(code: string, latitude: number, longitude: number): string
    shorten(code: string, latitude: number, longitude: number): string
  }
}
