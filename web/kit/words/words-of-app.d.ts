declare module '*.json?account'
declare module '*.json?admin'
declare module '*.json?staff'
