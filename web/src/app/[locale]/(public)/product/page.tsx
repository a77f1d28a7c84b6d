import { ProductPage } from '../../../../features/public/product-page.tsx';
import { metadataOf } from '../../../../features/public/page-words.ts';

export function generateMetadata() {
  return metadataOf('/product');
}

export default function Page() {
  return <ProductPage />;
}
